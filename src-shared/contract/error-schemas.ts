import * as v from 'valibot';
import { errorCodes, type ErrorCode } from './errors.ts';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];
export const errorEnvelope = v.object({
  code: v.picklist(codes),
  message: v.string(),
  details: v.exactOptional(v.record(v.string(), v.unknown())),
});

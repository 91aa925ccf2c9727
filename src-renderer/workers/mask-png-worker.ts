import type { Extent } from '../canvas/camera.ts';
import { greyPng } from '../canvas/mask/grey-png.ts';
import { serve } from './serve.ts';

serve(({ data, size }: { readonly data: Uint8Array; readonly size: Extent }) => greyPng(data, size));

import { serve } from '../workers/serve.ts';
import { exchange } from './exchange.ts';

serve(exchange, ({ bytes }) => (bytes === undefined ? [] : [bytes]));

import { expect, it } from 'vitest';
import { tunnelHint } from './tunnel-hint.ts';

it('a hint for a tunnel names the port at both ends, and keeps the token to the address itself', () => {
  const hint = tunnelHint('http://127.0.0.1:4567/?token=secret');
  expect(hint).toContain('ssh -L 4567:127.0.0.1:4567 ');
  expect(hint).not.toContain('secret');
});

import { describe, expect, it } from 'vitest';

import { lastJsonLine } from './json-line.ts';

describe('the last line of output', () => {
  it('is read as a JSON object whatever stands before it', () => {
    expect(lastJsonLine('training…\n{"old": true}\n{"psnr": 42.5}\n\n')).toEqual({ psnr: 42.5 });
    expect(lastJsonLine('{"psnr": 42.5}\r\n')).toEqual({ psnr: 42.5 });
  });

  it.each(['', 'done', '[1, 2]', 'null', '{"psnr": 1}\ndone', '{"psnr":'])('refuses %j', (output) => {
    expect(() => lastJsonLine(output)).toThrow(/no JSON object/);
  });
});

/**
 * The last line of a program's output, which has to be one JSON object.
 *
 * Throws where it is anything else, and says what stands there.
 */
export function lastJsonLine(output: string): Record<string, unknown> {
  const line = output.trimEnd().split('\n').at(-1)?.trim() ?? '';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`The last line of output is no JSON object: “${line.slice(0, 200)}”.`);
  }
  return value as Record<string, unknown>;
}

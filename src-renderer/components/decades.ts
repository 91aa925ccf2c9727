/**
 * Which ticks of a logarithmic axis are drawn: those at powers of ten, every second or third of them where more don't
 * fit; within one power, every tick. What is left out is null.
 *
 * @param most how many have room
 */
export function decadesOf(ticks: readonly (number | null)[], most: number): (number | null)[] {
  const powerOf = (tick: number) => Math.round(Math.log10(tick) * 1e6) / 1e6;
  const powers = ticks.flatMap((tick) =>
    tick === null || !Number.isInteger(powerOf(tick)) ? [] : [powerOf(tick)],
  );
  if (powers.length < 2) return [...ticks];
  const step = Math.max(1, Math.ceil(powers.length / Math.max(most, 1)));
  return ticks.map((tick) =>
    tick !== null && powers.includes(powerOf(tick)) && powerOf(tick) % step === 0 ? tick : null,
  );
}

/** A disc that touches the sides of its square, 255 inside, falling to 0 over the last `rim` pixels; [side, side]. */
export function softDisc(side: number, rim: number): Uint8Array {
  const centre = (side - 1) / 2;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const distance = Math.hypot((i % side) - centre, Math.floor(i / side) - centre);
    return Math.round(255 * Math.min(1, Math.max(0, (side / 2 - distance) / rim)));
  });
}

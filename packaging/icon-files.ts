/** The two container formats for icons, filled with PNGs, which every system still supported reads. */

/** Windows' .ico: a directory of square PNGs of at most 256 pixels, by size. */
export function ico(pngs: ReadonlyMap<number, Uint8Array>): Buffer {
  const header = Buffer.alloc(6 + 16 * pngs.size);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pngs.size, 4);
  let offset = header.length;
  [...pngs].forEach(([size, png], i) => {
    if (size > 256) throw new Error('An .ico holds at most 256×256 pixels.');
    const entry = header.subarray(6 + 16 * i);
    // A size of 256 does not fit into a byte, and is written as 0.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pngs.values()]);
}

/** The types of macOS' .icns that hold a PNG, by its pixels; where two do, the second is a smaller icon at 2×. */
const icnsTypes: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** macOS' .icns: square PNGs, by size. */
export function icns(pngs: ReadonlyMap<number, Uint8Array>): Buffer {
  const parts = [...pngs].flatMap(([size, png]) => {
    const types = icnsTypes[size];
    if (types === undefined) throw new Error(`An .icns has no place for ${size}×${size} pixels.`);
    return types.map((type) => part(type, png));
  });
  return part('icns', Buffer.concat(parts));
}

function part(type: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([header, body]);
}

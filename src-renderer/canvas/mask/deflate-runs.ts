/** Longest run that one match of zlib's format repeats. */
const longestMatch = 258;

/** Codes of match lengths from 3 on, as RFC 1951 has them: the least length of each, from code 257 on. */
const leastLengths = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];

/** The symbol of each match length, by length. */
const symbolOf = Uint16Array.from({ length: longestMatch + 1 }, (_, length) =>
  length < 3 ? 0 : 257 + leastLengths.findLastIndex((least) => least <= length),
);

/** How many bits follow the symbol of a length. */
const extraBits = (symbol: number) => (symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2);

/** The fixed code of a symbol, its bits in the order in which they are written, and how many they are. */
const codes = Array.from({ length: 286 }, (_, symbol) => {
  const [code, bits] =
    symbol < 144
      ? [0x30 + symbol, 8]
      : symbol < 256
        ? [0x190 + symbol - 144, 9]
        : symbol < 280
          ? [symbol - 256, 7]
          : [0xc0 + symbol - 280, 8];
  let reversed = 0;
  for (let i = 0; i < bits; i++) reversed |= ((code >> i) & 1) << (bits - 1 - i);
  return { code: reversed, bits };
});

/**
 * Bytes in zlib's format, with nothing but their runs made short: at once, where the platform's own compression takes a
 * stream and several turns for it. A mask is runs; what is none takes up to 9 bits a byte.
 */
export function deflateRuns(bytes: Uint8Array): Uint8Array {
  const out = new BitWriter(bytes.length + (bytes.length >> 3) + 16);
  out.put(0x0178, 16);
  // The last block, of fixed codes.
  out.put(0b011, 3);
  const sum = new Adler();
  for (let at = 0; at < bytes.length;) {
    const value = bytes[at]!;
    let end = at + 1;
    while (end < bytes.length && bytes[end] === value) end++;
    sum.add(value, end - at);
    putRun(out, value, end - at);
    at = end;
  }
  out.putSymbol(256);
  return out.finish(sum.value);
}

function putRun(out: BitWriter, value: number, count: number): void {
  out.putSymbol(value);
  let left = count - 1;
  while (left >= 3) {
    const length = Math.min(left, longestMatch);
    const symbol = symbolOf[length]!;
    out.putSymbol(symbol);
    out.put(length - leastLengths[symbol - 257]!, extraBits(symbol));
    // Of what lies one byte back.
    out.put(0, 5);
    left -= length;
  }
  for (; left > 0; left--) out.putSymbol(value);
}

/** Writes the lowest bits of numbers, lowest first. */
class BitWriter {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(most: number) {
    this.#bytes = new Uint8Array(most);
  }

  /** At most 16 bits. */
  put(value: number, bits: number): void {
    this.#held |= value << this.#count;
    this.#count += bits;
    for (; this.#count >= 8; this.#count -= 8, this.#held >>>= 8) this.#bytes[this.#at++] = this.#held & 255;
  }

  putSymbol(symbol: number): void {
    const { code, bits } = codes[symbol]!;
    this.put(code, bits);
  }

  /** All that was written, filled up to whole bytes, and the checksum after it. */
  finish(checksum: number): Uint8Array {
    if (this.#count > 0) this.put(0, 8 - this.#count);
    for (const shift of [24, 16, 8, 0]) this.#bytes[this.#at++] = (checksum >>> shift) & 255;
    return this.#bytes.subarray(0, this.#at);
  }
}

/** Adler-32, by runs. */
class Adler {
  #a = 1;
  #b = 0;

  add(value: number, count: number): void {
    // So long that no product leaves the whole numbers that a double holds.
    for (let left = count; left > 0;) {
      const length = Math.min(left, 2 ** 20);
      this.#b = (this.#b + length * this.#a + (value * length * (length + 1)) / 2) % 65521;
      this.#a = (this.#a + value * length) % 65521;
      left -= length;
    }
  }

  /** Unsigned, 32 bits. */
  get value(): number {
    return this.#b * 65536 + this.#a;
  }
}

/** Milliseconds an ant takes for a step of a CSS pixel. */
const pace = 80;
/** CSS pixels from one ant to the next. */
const period = 8;

/** Keeps marching ants going: a step at a time, none where the user wants less motion or the page is out of sight. */
export class Ants {
  #phase = 0;
  readonly #timer: number;

  constructor(host: HTMLElement, step: () => void) {
    const window = host.ownerDocument.defaultView ?? globalThis.window;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)');
    this.#timer = window.setInterval(() => {
      if (still.matches || host.ownerDocument.hidden) return;
      this.#phase = (this.#phase + 1) % period;
      step();
    }, pace);
  }

  /** CSS pixels, 0 … period. */
  get phase(): number {
    return this.#phase;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/**
 * A line of black and white ants. They are stripes on the screen that show through the line, not dashes along it: so
 * they are as long in every part of the path, however it is cut into pieces.
 *
 * @param matrix from the path's units to CSS pixels, which the context's transform has too
 */
export function strokeAnts(
  context: CanvasRenderingContext2D,
  path: Path2D,
  matrix: DOMMatrix,
  phase: number,
): void {
  const stripes = context.createPattern(stripe(), 'repeat');
  if (stripes === null) return;
  stripes.setTransform(matrix.inverse().translate(phase, 0));
  context.strokeStyle = stripes;
  context.lineWidth = 1.5 / Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  context.stroke(path);
}

let drawn: OffscreenCanvas | null = null;

/** One period of diagonal stripes. */
function stripe(): OffscreenCanvas {
  if (drawn !== null) return drawn;
  drawn = new OffscreenCanvas(period, period);
  const context = drawn.getContext('2d');
  for (let y = 0; context !== null && y < period; y++) {
    for (let x = 0; x < period; x++) {
      context.fillStyle = (x + y) % period < period / 2 ? 'black' : 'white';
      context.fillRect(x, y, 1, 1);
    }
  }
  return drawn;
}

import type { Extent } from './camera.ts';

/**
 * One canvas that covers its host and has as many pixels as the screen gives it, so that nothing is ever blurred
 * by the browser. Draw in CSS pixels.
 */
export class Surface {
  readonly element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #extent: Extent = { width: 0, height: 0 };
  #ratio = 1;

  constructor(host: HTMLElement) {
    this.element = host.ownerDocument.createElement('canvas');
    this.element.setAttribute('aria-hidden', 'true');
    host.append(this.element);
    const context = this.element.getContext('2d');
    if (context === null) throw new Error('This browser has no 2D canvas.');
    this.#context = context;
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** Device pixels a CSS pixel. */
  get ratio(): number {
    return this.#ratio;
  }

  /** Its size on the page, and in device pixels. */
  resize(css: Extent, device: Extent): void {
    this.#extent = css;
    this.#ratio = css.width > 0 ? device.width / css.width : 1;
    if (this.element.width !== device.width) this.element.width = device.width;
    if (this.element.height !== device.height) this.element.height = device.height;
  }

  /** Clear, and draw with a transform from CSS pixels to device pixels. */
  draw(paint: (context: CanvasRenderingContext2D) => void): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.element.width, this.element.height);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.save();
    paint(context);
    context.restore();
  }
}

import type { Extent } from './camera.ts';
import { around, intersection, isEmpty, type Rectangle } from './mask/rectangle.ts';

/**
 * One canvas that covers its host and has as many pixels as the screen gives it, so that nothing is ever blurred
 * by the browser. Draw in CSS pixels.
 */
export class Surface {
  readonly element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #extent: Extent = { width: 0, height: 0 };
  #ratio = 1;

  /** @param layer what it shows */
  constructor(host: HTMLElement, layer: 'picture' | 'content' | 'edge' | 'marks') {
    this.element = host.ownerDocument.createElement('canvas');
    this.element.dataset['layer'] = layer;
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

  /** All of it, CSS pixels. */
  get frame(): Rectangle {
    return { x: 0, y: 0, ...this.#extent };
  }

  /** Clear, and draw with a transform from CSS pixels to device pixels. */
  draw(paint: (context: CanvasRenderingContext2D) => void): void {
    this.#drawIn({ x: 0, y: 0, width: this.element.width, height: this.element.height }, paint);
  }

  /**
   * The same for a part of it, in CSS pixels, on whole device pixels: what is drawn beyond is not seen. `paint` gets the
   * part as it is then.
   */
  drawPart(part: Rectangle, paint: (context: CanvasRenderingContext2D, part: Rectangle) => void): void {
    const { x, y, width, height } = part;
    const ratio = this.#ratio;
    const device = intersection(around(x * ratio, y * ratio, (x + width) * ratio, (y + height) * ratio), {
      x: 0,
      y: 0,
      width: this.element.width,
      height: this.element.height,
    });
    if (isEmpty(device)) return;
    const css = {
      x: device.x / ratio,
      y: device.y / ratio,
      width: device.width / ratio,
      height: device.height / ratio,
    };
    this.#drawIn(device, (context) => paint(context, css));
  }

  #drawIn(device: Rectangle, paint: (context: CanvasRenderingContext2D) => void): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.save();
    const { x, y, width, height } = device;
    if (width < this.element.width || height < this.element.height) {
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
    }
    context.clearRect(x, y, width, height);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    paint(context);
    context.restore();
  }
}

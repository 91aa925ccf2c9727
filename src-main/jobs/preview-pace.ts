/**
 * What previews may take of a training's time: while somebody watches how it begins; while somebody looks at them; and
 * else, when they are made for their figures alone.
 */
const share = { beginning: 0.1, watched: 0.05, unwatched: 0.01 };
/** Seconds of training in which most of the picture appears. */
const beginning = 4;
/** Where nobody takes them, one comes so often at most, ms. */
const unwatchedEvery = 5000;
/** A picture changes less and less: the next is worth its while after this part of all the time trained so far … */
const worthwhile = 1 / 5;
/** … but at most so many ms later, and at least so many; those that are coarse for it as many as `coarse`. */
const between = { least: 100, coarse: 300, most: 3000 };
/** A page is to be busy with previews for this share of its time at most. */
const ofPage = 0.25;
/** What a page takes longer for, ms, was no drawing: it was hidden, or slept. */
const longestDrawing = 500;
/** A preview’s pixels: no fewer tell anything, and a network of the default size sees no more. */
export const previewPixels = { least: 64 * 64, most: 256 * 256 } as const;

/**
 * When the next preview is due, and how fine it can be: latest wins, one in flight, never at the training's expense. The
 * first ones come soon, coarse where evaluating the network is dear; then they get finer and rarer, as the picture
 * itself changes less.
 */
export class PreviewPace {
  readonly #now: () => number;
  #notBefore = -Infinity;
  #inFlight: { readonly step: number; readonly since: number; readonly unwatchedUntil: number } | null = null;
  /** ms that a pixel took, in the latest preview that tells. */
  #msPerPixel: number | null = null;
  #sent = 0;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isDue(): boolean {
    const now = this.#now();
    if (this.#inFlight !== null && now < this.#inFlight.unwatchedUntil) return false;
    return now >= this.#notBefore;
  }

  /**
   * How many pixels of the next one can be evaluated, within `previewPixels`.
   *
   * @param trained seconds of training so far
   */
  pixels(trained: number): number {
    const { least, most } = previewPixels;
    if (this.#msPerPixel === null) return least;
    const affordable =
      (watchedShare(trained) * Math.max(worthAfter(trained), between.coarse)) / this.#msPerPixel;
    return Math.min(Math.max(Math.floor(affordable), least), most);
  }

  /**
   * A preview was sent.
   *
   * @param begun when it was begun; it took until now to make
   * @param pixels how many were evaluated for it
   */
  sent(step: number, { begun, trained, pixels }: SentPreview): void {
    const now = this.#now();
    const took = now - begun;
    const isFirst = this.#sent++ === 0;
    // The first one opens what evaluates, once and for all.
    if (!isFirst) this.#msPerPixel = took / pixels;
    const affordable = isFirst ? now : now + took * (1 / watchedShare(trained) - 1);
    this.#notBefore = Math.max(affordable, begun + worthAfter(trained));
    const unwatchedUntil = Math.max(begun + unwatchedEvery, now + took * (1 / share.unwatched - 1));
    this.#inFlight = { step, since: now, unwatchedUntil };
  }

  /** The preview of `step`, or a later one, has been drawn. */
  acknowledged(step: number): void {
    if (this.#inFlight === null || step < this.#inFlight.step) return;
    const now = this.#now();
    const drawing = Math.min(now - this.#inFlight.since, longestDrawing);
    this.#notBefore = Math.max(this.#notBefore, now + drawing * (1 / ofPage - 1));
    this.#inFlight = null;
  }
}

const watchedShare = (trained: number) => (trained < beginning ? share.beginning : share.watched);

/** How long after a preview, made when it had been trained so many seconds, the next is worth its while, ms. */
function worthAfter(trained: number): number {
  return Math.min(Math.max(1000 * trained * worthwhile, between.least), between.most);
}

/** See `PreviewPace.sent`. */
export interface SentPreview {
  readonly begun: number;
  readonly trained: number;
  readonly pixels: number;
}

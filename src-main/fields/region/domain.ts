/** A region of pixels in its bounding box, and which of the box's sides are free (Neumann) edges of the image. */
export interface Domain {
  readonly width: number;
  readonly height: number;
  /** [height, width]; 1 where the solution is unknown. Beyond a side that is not free it is 0. */
  readonly inside: Uint8Array;
  readonly free: {
    readonly left: boolean;
    readonly right: boolean;
    readonly top: boolean;
    readonly bottom: boolean;
  };
}

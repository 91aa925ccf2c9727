import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { briefReasonOf } from '../../disk/disk.ts';

/** The room that one uploaded file takes, from its first byte to its deletion. */
export interface UploadRoom {
  /** Throws `busy` where there is no room for so many bytes more. */
  take(bytes: number): void;
  /** The file is gone. A second time does nothing. */
  free(): void;
}

/** The bytes that uploaded files may take together on this machine's disk. */
export class UploadSpace {
  readonly #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes of the files that there are. */
  get taken(): number {
    return this.#taken;
  }

  /** Room for a file that is about to come; none yet. */
  open(): UploadRoom {
    let own = 0;
    return {
      take: (bytes) => {
        if (this.#taken + bytes > this.#limit) {
          throw new SeamfieldError(
            'busy',
            `Everything that was uploaded comes to more than ${mebibytes(this.#limit)} MiB together; ` +
              'close what you don’t need, or keep your work and start Seamfield again.',
            { limit: this.#limit },
          );
        }
        own += bytes;
        this.#taken += bytes;
      },
      free: () => {
        this.#taken -= own;
        own = 0;
      },
    };
  }
}

/** What the disk threw when an upload was to be put there. */
export function uploadNotKept(cause: unknown): SeamfieldError {
  const why = `This file can’t be taken in (${briefReasonOf(cause)}); make room where this machine keeps temporary files.`;
  return new SeamfieldError('unwritable-output', why);
}

function mebibytes(bytes: number): string {
  return String(Number((bytes / 2 ** 20).toPrecision(3)));
}

import type { LostPicture } from '../../../src-shared/contract/project-schemas.ts';
import type { ImageSummary } from '../../../src-shared/contract/image-schemas.ts';
import type { Images } from '../images.ts';
import type { Disk } from '../../disk/disk.ts';
import type { KeptPicture } from './manifest.ts';
import type { Work } from './work.ts';

/** What a work's photographs are called: by their content on disk, by handles while they are open. */
export class Pictures {
  readonly #disk: Disk;
  readonly #images: Images;
  readonly #work: Work;
  /** By handle. */
  readonly #kept = new Map<string, KeptPicture>();

  constructor(disk: Disk, images: Images, work: Work) {
    this.#disk = disk;
    this.#images = images;
    this.#work = work;
  }

  /**
   * An open photograph among the work's objects, copied there if it is not; from then on it is read from there, so that
   * a file that vanishes or changes harms nothing. Throws `unknown-handle`, and what the disk throws.
   */
  async keep(imageId: string): Promise<KeptPicture> {
    const known = this.#kept.get(imageId);
    if (known !== undefined) return known;
    const { name, width, height } = this.#images.get(imageId);
    const bytes = await this.#disk.read(this.#images.fileOf(imageId).path);
    const hash = await this.#work.objects.put(bytes);
    const origin = this.#images.originOf(imageId);
    const picture = { hash, name, width, height, bytes: bytes.length, origin };
    await this.#images.moveTo(imageId, this.#work.objects.pathOf(hash));
    this.#kept.set(imageId, picture);
    return picture;
  }

  /** These are not kept any more. */
  forget(hashes: ReadonlySet<string>): void {
    for (const [imageId, { hash }] of this.#kept) if (hashes.has(hash)) this.#kept.delete(imageId);
  }

  /** A kept photograph, opened; or what became of it. */
  async open(picture: KeptPicture): Promise<ImageSummary | LostPicture> {
    const { hash, name, width, height, origin } = picture;
    for (const [imageId, { hash: kept }] of this.#kept) {
      // The page may have closed it since.
      if (kept === hash && this.#images.has(imageId)) return this.#images.get(imageId);
    }
    const lost = (reason: string): LostPicture => ({ hash, name, width, height, reason });
    if (!(await this.#work.objects.isWhole(hash))) {
      return lost(`${name} isn’t there any more, or not as it was; choose the photograph.`);
    }
    try {
      const summary = await this.#images.add({ path: this.#work.objects.pathOf(hash), name }, origin, true);
      if (summary.width !== width || summary.height !== height) {
        await this.#images.close([summary.id]);
        return lost(`${name} is not of the size that it was; choose the photograph.`);
      }
      this.#kept.set(summary.id, picture);
      return summary;
    } catch (thrown) {
      return lost(thrown instanceof Error ? thrown.message : `${name} can’t be read; choose the photograph.`);
    }
  }
}

export function isLost(picture: ImageSummary | LostPicture): picture is LostPicture {
  return 'reason' in picture;
}

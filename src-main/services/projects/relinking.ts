import type { RequestOf } from '../../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { unknownHandle } from '../handle.ts';
import { renamed } from './handles.ts';
import { hashOf } from './objects.ts';
import type { OpenedWork, Surroundings } from './open-work.ts';

/** A lost photograph is this one: the same bytes, or with `accept` another of its size. Throws `size-mismatch`. */
export async function relink(
  { work, pictures }: OpenedWork,
  { hash, imageId, accept }: Omit<RequestOf<'projects:relink'>, 'workId'>,
  { images, disk }: Pick<Surroundings, 'images' | 'disk'>,
): Promise<void> {
  const before = work.state.pictures.get(hash);
  if (before === undefined) throw unknownHandle('photograph', hash);
  const summary = images.get(imageId);
  if (summary.width !== before.width || summary.height !== before.height) {
    throw new SeamfieldError(
      'size-mismatch',
      `${summary.name} is ${summary.width}×${summary.height} pixels; ${before.name} was ` +
        `${before.width}×${before.height}. Choose the photograph that the project was made with.`,
    );
  }
  if (!accept && hashOf(await disk.read(images.fileOf(imageId).path)) !== hash) {
    throw new SeamfieldError(
      'project-changed',
      `${summary.name} is of the right size but not the same file as ${before.name} was.`,
    );
  }
  const picture = await pictures.keep(imageId);
  const rename = (name: string) => (name === hash ? picture.hash : name);
  const document = renamed(work.state.document, rename, (network) => network);
  await work.change({ pictures: [picture], ...(picture.hash !== hash && { document }) });
}

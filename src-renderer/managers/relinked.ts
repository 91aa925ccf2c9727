import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { OpenWork } from '../../src-shared/contract/project-schemas.ts';
import type { Project } from '../stores/project.svelte.ts';
import type { Transport } from '../transport/transport.ts';

interface Asking {
  readonly transport: Transport;
  readonly project: Project;
  readonly report: (error: unknown) => void;
}

/** Asks for the photographs that are lost, until none is; null where the user thought better of it. */
export async function relinked(
  { transport, project, report }: Asking,
  opened: OpenWork,
): Promise<OpenWork | null> {
  let work = opened;
  while (work.lost.length > 0) {
    const { workId, lost } = work;
    const hash = await project.ask({ kind: 'lost', workId, pictures: lost });
    if (hash === null) return null;
    const image = await transport.chooseImage();
    if (image === null) continue;
    const request = { workId, hash, imageId: image.id };
    try {
      work = await transport.request('projects:relink', { ...request, accept: false });
    } catch (error) {
      if (!(error instanceof SeamfieldError) || error.code !== 'project-changed') report(error);
      else if ((await project.ask({ kind: 'replace', text: error.message, choice: 'replace' })) !== null)
        work = await transport.request('projects:relink', { ...request, accept: true });
    }
  }
  return work;
}

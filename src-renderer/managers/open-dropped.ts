import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import { projectEnding } from '../transport/transport.ts';
import type { Commands } from './commands.ts';
import type { Composing } from './composing.ts';
import type { Learning } from './learning.ts';
import type { Projects } from './projects.ts';

const networkEnding = '.onnx';

interface Openers {
  readonly session: Session;
  readonly composition: Composition;
  readonly commands: Pick<Commands, 'openFile'>;
  readonly composing: Pick<Composing, 'openFile'>;
  readonly learning: Pick<Learning, 'openFile'>;
  readonly projects: Pick<Projects, 'openFile'>;
}

/**
 * Opens a file where the user is at work, as what it is; `over` is what it was dropped on. Rejects with
 * `unsupported-format` for a network, and with the host's error.
 */
export async function openDropped(
  { session, composition, commands, composing, learning, projects }: Openers,
  file: File,
  over: Element | null,
): Promise<void> {
  if (file.name.endsWith(projectEnding)) return projects.openFile(file);
  if (file.name.endsWith(networkEnding))
    throw new SeamfieldError('unsupported-format', strings.isNetwork(file.name));
  if (session.workspace === 'learn') {
    const slot = over?.closest<HTMLElement>('[data-slot]')?.dataset['slot'];
    return learning.openFile(slot === 'second' ? slot : 'first', file);
  }
  if (session.workshop === 'reconstruct') return commands.openFile(file);
  const pane = over?.closest<HTMLElement>('[data-role]')?.dataset['role'];
  const role = composition.target !== null || pane === 'source' ? 'source' : 'target';
  return composing.openFile(role, file);
}

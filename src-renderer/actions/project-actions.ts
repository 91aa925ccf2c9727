import type { ProjectSaving } from '../managers/project-saving.ts';
import type { Projects } from '../managers/projects.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Project } from '../stores/project.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Action } from './action.ts';

interface ProjectContext {
  readonly session: Session;
  readonly composition: Composition;
  readonly project: Project;
  readonly projects: Projects;
  readonly saving: ProjectSaving;
  readonly notify: (message: string) => void;
}

/** Saving, opening and recovering work. */
export function projectActions({
  session,
  composition,
  project,
  projects,
  saving,
  notify,
}: ProjectContext): Action[] {
  const words = strings.project.actions;
  const isOpen = () => composition.isOpen || session.image !== null;
  const ready = () => isOpen() && !session.busy;
  return [
    {
      id: 'save-project',
      group: 'file',
      label: words.save,
      icon: 'save',
      keys: ['$mod+s'],
      enabled: ready,
      run: () => saving.save(false),
    },
    {
      id: 'save-project-as',
      group: 'file',
      label: words.saveAs,
      icon: 'save',
      keys: ['$mod+Shift+S'],
      enabled: ready,
      run: () => saving.save(true),
    },
    {
      id: 'download-project',
      group: 'file',
      label: words.download,
      icon: 'export',
      enabled: ready,
      run: () => saving.download(),
    },
    {
      id: 'open-project',
      group: 'file',
      label: words.open,
      icon: 'open',
      enabled: () => !session.busy,
      run: () => projects.choose(),
    },
    {
      id: 'restore-work',
      group: 'file',
      label: words.left,
      icon: 'reset',
      enabled: () => !session.busy,
      run: async () => {
        if (!(await projects.offerLeft())) notify(strings.project.nothingLeft);
      },
    },
    {
      id: 'link-pictures',
      group: 'file',
      get label() {
        return project.pictures === 'embedded' ? words.link : words.embed;
      },
      icon: 'picture',
      enabled: isOpen,
      run: () => void (project.pictures = project.pictures === 'embedded' ? 'linked' : 'embedded'),
    },
  ];
}

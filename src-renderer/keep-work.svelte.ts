import { untrack } from 'svelte';
import type { Keeper } from './managers/keeper.ts';
import type { Projects } from './managers/projects.ts';
import type { Composition } from './stores/composition.svelte.ts';
import type { Project } from './stores/project.svelte.ts';
import type { Session } from './stores/session.svelte.ts';
import { strings } from './strings.ts';

/** Where the page remembers which work it has, over a reload. */
export const workOfPage = 'seamfield.work';

interface Kept {
  readonly session: Session;
  readonly composition: Composition;
  readonly project: Project;
  readonly keeper: Keeper;
  readonly projects: Projects;
  readonly report: (error: unknown) => void;
}

/** Has the host told of every change, and the page's title say what is kept. Call while a component is being set up. */
export function keepWork({ session, composition, project, keeper, projects, report }: Kept): void {
  $effect(() => {
    void composition.generation;
    untrack(() => void projects.followComposition().catch(report));
  });
  $effect(() => {
    const { workId } = project;
    if (workId === null) sessionStorage.removeItem(workOfPage);
    else sessionStorage.setItem(workOfPage, workId);
    if (workId !== null) untrack(() => void projects.hold(workId));
  });
  $effect(() => {
    // Everything that the host is told of is read here, so that a change of any of it is told.
    void [composition.version, composition.target, composition.layers, composition.selected];
    void [composition.budget, composition.seconds, composition.network];
    void [
      session.image,
      session.second,
      session.alpha,
      session.workshop,
      session.reconstruction?.state,
      session.blend?.state,
    ];
    void [JSON.stringify(session.settings), project.pictures];
    untrack(() => keeper.changed());
  });
  $effect(() => {
    const isDirty = composition.isDirty || (project.name !== null && !project.isSaved);
    const isOpen = composition.isOpen || session.image !== null;
    document.title = isOpen ? strings.project.title(project.name, isDirty) : strings.app;
  });
  $effect(() => {
    // A page that goes out of sight may not come back.
    const leave = () => {
      if (document.visibilityState === 'hidden' && project.isPending)
        void keeper.flush().catch(() => undefined);
    };
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  });
}

import { untrack } from 'svelte';
import { appActions } from './actions/app-actions.ts';
import { exportActions } from './actions/export-actions.ts';
import { copyActions } from './actions/copy-actions.ts';
import { cloneActions } from './actions/clone-actions.ts';
import { settingsActions } from './actions/settings-actions.ts';
import { projectActions } from './actions/project-actions.ts';
import { recentActions } from './actions/recent-actions.ts';
import { startActions } from './actions/start-actions.ts';
import { layerActions } from './actions/layer-actions.ts';
import { maskActions } from './actions/mask-actions.ts';
import { Registry } from './actions/registry.ts';
import { runActions } from './actions/run-actions.ts';
import type { AppContext, JobDeeds } from './app-context.ts';
import { inspectActions } from './actions/inspect-actions.ts';
import { learnActions } from './actions/learn-actions.ts';
import { createInspection } from './create-inspection.svelte.ts';
import { keepClonePreviews } from './keep-clone-previews.svelte.ts';
import { keepWork, workOfPage } from './keep-work.svelte.ts';
import { LinkedCamera } from './canvas/linked-camera.ts';
import { CloneCommands } from './managers/clone-commands.ts';
import { Composing } from './managers/composing.ts';
import { Commands } from './managers/commands.ts';
import { Exporting } from './managers/exporting.ts';
import { Keeper } from './managers/keeper.ts';
import { ProjectSaving } from './managers/project-saving.ts';
import { Projects } from './managers/projects.ts';
import { acceptFiles } from './managers/file-drop.ts';
import { JobCommands } from './managers/job-commands.ts';
import { JobLister } from './managers/job-lister.ts';
import { Help } from './managers/help.ts';
import { Guard } from './managers/guard.ts';
import { JobWatcher } from './managers/job-watcher.ts';
import { MaskCommands } from './managers/mask-commands.ts';
import { Learning } from './managers/learning.ts';
import { openDropped } from './managers/open-dropped.ts';
import { saveBlob } from './managers/save-blob.ts';
import { OpenPhotographs } from './managers/open-photographs.ts';
import { RememberedPhotographs } from './managers/remembered-photographs.ts';
import { PictureLoader } from './managers/picture-loader.ts';
import { RecentCommands } from './managers/recent-commands.ts';
import { restorePreferences, storePreferences } from './managers/preferences.ts';
import { notify, report } from './managers/report.ts';
import { SettingsSync } from './managers/settings-sync.ts';
import { bindShortcuts } from './managers/shortcuts.ts';
import { applyInterfaceSize } from './managers/interface-size.ts';
import { watchSight } from './managers/watch-sight.ts';
import { applyTheme } from './managers/theme.ts';
import { blending, reconstructing } from './managers/watched-jobs.ts';
import { wantedPictures } from './managers/wanted-pictures.ts';
import { Composition, type Role } from './stores/composition.svelte.ts';
import { offeredPictures } from './stores/offered-pictures.ts';
import { PictureExport } from './stores/picture-export.svelte.ts';
import { JobList, photographsOf } from './stores/job-list.svelte.ts';
import { Masking } from './stores/masking.svelte.ts';
import { Learn } from './stores/learn.svelte.ts';
import { Pictures } from './stores/pictures.svelte.ts';
import { Project } from './stores/project.svelte.ts';
import { Questions } from './stores/questions.svelte.ts';
import { Recents } from './stores/recents.svelte.ts';
import { Session } from './stores/session.svelte.ts';
import { Support } from './stores/support.svelte.ts';
import { strings } from './strings.ts';
import type { Transport } from './transport/transport.ts';

const shownJob = 'seamfield.job';

/** The app put together: what panels see, and what keeps it going. */
export interface App {
  readonly context: AppContext;
  /** Listen to the host and to the browser; `dropping` is told while a file hovers. Returns the undoing. */
  readonly start: (dropping: (over: boolean) => void) => () => void;
}

/** Call while a component is being set up: its effects end with that component. */
export function createApp(transport: Transport): App {
  const session = new Session();
  const pictures = new Pictures();
  const camera = new LinkedCamera();
  const commands = new Commands(transport, session, pictures);
  const loader = new PictureLoader(transport, pictures, report);
  const composition = new Composition();
  const masking = new Masking();
  const masks = new MaskCommands(transport, session, masking);
  const questions = new Questions();
  const project = new Project();
  const cloneCameras = { source: new LinkedCamera(), target: new LinkedCamera() };
  const cloning = new CloneCommands(transport, session, composition);
  const composing = new Composing(transport, session, composition, () => cloning.dropBlend());
  const watchers = {
    reconstruct: new JobWatcher(transport, reconstructing(session), pictures, loader, report),
    clone: new JobWatcher(transport, blending(session, composition), composition, loader, report),
  };
  const inspection = createInspection(transport, session, pictures, composition);
  const { inspector, inspectCamera, runs, inspecting } = inspection;
  const pictureExport = new PictureExport();
  const learn = new Learn();
  const learning = new Learning(transport, learn, () => session.isSeen && session.workspace === 'learn');
  const jobList = new JobList();
  const lister = new JobLister(transport, jobList, report);
  const jobCommands = new JobCommands(transport, session, composition, pictures, jobList);
  const reported = (work: Promise<void>) => void work.catch(report);
  const jobDeeds: JobDeeds = {
    show: (jobId) => reported(jobCommands.show(jobId)),
    cancel: (jobId) => reported(jobCommands.cancel(jobId)),
    end: (jobId) => reported(jobCommands.end(jobId)),
    resume: (jobId) => reported(jobCommands.resume(jobId)),
    recover: (jobId) => reported(jobCommands.recover(jobId)),
    discard: (jobId) => reported(jobCommands.discard(jobId)),
    move: (jobId, to) => reported(jobCommands.move(jobId, to)),
  };
  const keeper = new Keeper(transport, session, composition, project, report);
  const projects = new Projects({
    transport,
    session,
    composition,
    project,
    keeper,
    composing,
    cloning,
    commands,
    report,
    notify,
  });
  const saving = new ProjectSaving({ transport, session, composition, project, keeper, notify });
  const guard = new Guard(composition, project, questions, () => saving.save(false));
  const recents = new Recents();
  const recalling = new RecentCommands({ transport, recents, session, commands, composing, projects });
  const remembering = new RememberedPhotographs(sessionStorage);
  const photographs = new OpenPhotographs(transport, (ids) => remembering.store(ids));
  const copy = (text: string) => navigator.clipboard.writeText(text);
  const support = new Support();
  const help = new Help({ transport, support, copy, notify });
  const settings = new SettingsSync(transport, session, report);
  const registry = new Registry(
    [
      ...appActions({
        session,
        commands,
        cloning,
        composing,
        guard,
        composition,
        projects,
        camera,
        cloneCameras,
        inspectCamera,
        inspector,
      }),
      ...exportActions({
        session,
        composition,
        inspector,
        pictureExport,
        exporting: new Exporting(transport, pictureExport),
        commands,
        notify,
        copy,
      }),
      ...cloneActions({ session, composition, composing }),
      ...maskActions({
        session,
        composition,
        masking,
        masks,
        editor: () => composition.selected?.art.editor ?? null,
      }),
      ...layerActions({ session, composition, composing }),
      ...copyActions({ session, composition, pictures, inspector, cloning, notify }),
      ...settingsActions({ session, help }),
      ...projectActions({ session, composition, project, projects, saving, notify }),
      ...startActions({ session, composing, guard }),
      ...recentActions({ session, recents, recalling, guard, notify }),
      ...runActions({ session, jobCommands, notify }),
      ...inspectActions({ session, inspector, inspecting, runs, notify, copy }),
      ...learnActions({ session, learn, learning, save: saveBlob, notify }),
    ],
    report,
  );

  const remembered = sessionStorage.getItem(shownJob);
  $effect(() => sessionStorage.setItem(shownJob, session.reconstruction?.jobId ?? ''));
  const rememberedWork = sessionStorage.getItem(workOfPage);
  keepWork({ session, composition, project, keeper, projects, report });
  restorePreferences(session, localStorage);
  $effect(() => storePreferences(session, localStorage));
  $effect(() => settings.changed(settings.current()));
  $effect(() => applyTheme(session.theme));
  $effect(() => applyInterfaceSize(session.interfaceSize));
  $effect(() => {
    const { image, reconstruction: job, settings, view, shown } = session;
    loader.update(wantedPictures({ image, job, settings, view, shown }), pictures.preview);
  });
  keepClonePreviews({ session, composition, cloning, report });
  const lookers = [watchers.reconstruct, watchers.clone, learning];
  $effect(() => {
    void [session.isSeen, session.workspace, composition.content];
    void [session.reconstruction?.jobId, session.blend?.jobId];
    untrack(() => lookers.forEach((looker) => looker.look()));
  });
  $effect(() => {
    if (session.image === null) camera.fit();
  });
  $effect(() => {
    const { image, second, reconstruction, blend } = session;
    const jobs = [...jobList.jobs, ...[reconstruction, blend].filter((job) => job !== null)];
    photographs.update({
      generation: composition.generation,
      composed: [composition.target, ...composition.layers.map(({ source }) => source)].flatMap(
        (opened) => opened?.summary.id ?? [],
      ),
      others: [
        ...[image, second, learn.first, learn.second].flatMap((summary) => summary?.id ?? []),
        ...jobs.flatMap(photographsOf),
      ],
    });
  });
  const isAtStart = $derived(session.workshop === 'clone' ? !composition.isOpen : session.image === null);
  $effect(() => {
    // Said by the host alone: another page may have opened something meanwhile.
    if (session.connected && isAtStart) untrack(() => void recalling.refresh().catch(() => undefined));
  });

  let wasOffered = false;
  let isGreeted = false;
  let greeted: Promise<void> = Promise.resolve();
  const greet = async () => {
    await settings.takeOver();
    [session.info, session.samples] = await Promise.all([
      transport.request('app:info', {}),
      transport.request('images:list-samples', {}),
    ]);
    await inspection.catchUp();
    await lister.catchUp();
    const left = jobList.recoverable.length;
    if (left > 0 && !wasOffered) notify(strings.runs.before.offer(left));
    wasOffered = true;
    await watchers.reconstruct.catchUp(remembered);
    if (session.blend !== null) await watchers.clone.catchUp(null);
    if (!isGreeted) {
      isGreeted = true;
      await projects.greet(rememberedWork);
      photographs.inherit(await remembering.take());
    }
  };

  const openers = { session, composition, commands, composing, learning, projects };
  const openSample = (name: string, role: Role | null = null) => {
    const opened = role === null ? commands.openSample(name) : composing.openSample(role, name);
    void opened.catch(report);
  };

  const fuseWith = (sample: string | null) =>
    reported(commands.fuseWith(sample === null ? null : { sample }));

  return {
    context: {
      session,
      support,
      pictures,
      composition,
      project,
      masking,
      questions,
      recents,
      camera,
      cloneCameras,
      inspector,
      inspectCamera,
      pictureExport,
      offered: () => offeredPictures({ session, composition, inspector }),
      runs,
      learn,
      openLesson: (slot, name) => void learning.openSample(slot, name).catch(report),
      jobList,
      jobDeeds,
      registry,
      openSample,
      fuseWith,
    },
    start(dropping) {
      const ends = [
        watchers.reconstruct.start(),
        watchers.clone.start(),
        inspection.start(),
        lister.start(),
        transport.on('app:command', ({ action }) => registry.has(action) && void registry.run(action)),
        transport.on('app:open-project', ({ projectId }) => {
          void greeted.then(() => projects.openKnown(projectId)).catch(report);
        }),
        transport.on('app:recents', () => {
          if (isAtStart) void recalling.refresh().catch(() => undefined);
        }),
        transport.on('app:providers', ({ providers }) => {
          if (session.info) session.info = { ...session.info, providers };
        }),
        transport.onConnection((connected) => {
          session.connected = connected;
          if (connected) greeted = greet().catch(report);
        }),
        acceptFiles((file, over) => reported(openDropped(openers, file, over)), dropping),
        bindShortcuts(registry),
        watchSight(document, (isSeen) => (session.isSeen = isSeen)),
        guard.watch(window),
      ];
      return () => ends.forEach((end) => end());
    },
  };
}

import type { ResponseOf } from '../../src-shared/contract/channels.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import type { Launch } from '../jobs/port.ts';
import type { FileSource } from '../jobs/tasks.ts';
import type { HostLimits } from './limits.ts';

/** A file made for the user, and what to suggest as its name. */
export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What the services need of the host that runs them. */
export interface Ports {
  readonly host: 'electron' | 'browser';
  /** Starts a process for jobs and for views of photographs. */
  readonly launch: Launch;
  /** The folder of the photographs that come with the app. */
  readonly samplesFolder: string;
  readonly version: string;
  /** Where trainings are kept so that they outlive a crash; nothing of them is kept where absent. */
  readonly jobsFolder?: string;
  /** How many trainings run at once, each with all of the machine's cores; 1 where absent. */
  readonly trainingsAtOnce?: number;
  /** Where everything lies that outlives the host: work in progress, and projects where there is no file dialog. */
  readonly dataFolder: string;
  /** How often a process that works is looked at for a sign of life, ms; a second where absent. */
  readonly listenEvery?: number;
  /** The file that remembers which providers this machine has; none but the CPU's is looked for where absent. */
  readonly providerMemory?: string;
  /** In place of the usual ones. */
  readonly limits?: Partial<HostLimits>;
  /** Tells every page. */
  emit(message: EventMessage): void;
  /** Lets the user choose a photograph; null where they thought better of it. Absent where the page itself asks. */
  chooseImage?(): Promise<FileSource | null>;
  /** Likewise, or a project. */
  chooseFile?(): Promise<FileSource | null>;
  /** Lets the user choose where a project goes; null where they thought better of it. Absent where nobody can be asked. */
  chooseProjectPath?(name: string): Promise<string | null>;
  /** Shows the user a folder of ours; whether it could. Absent where the host has no desktop. */
  openFolder?(path: string): Promise<boolean>;
  /** Hands a made file to the user. */
  deliver(file: MadeFile): Promise<ResponseOf<'exports:save'>>;
}

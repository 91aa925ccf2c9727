import type { FromWorker, ToWorker } from './protocol.ts';

/** How a process ended: an exit code, or the signal that killed it. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The host's end of a running job process, the same over Node's fork and Electron's utilityProcess. */
export interface ChildPort {
  send(message: ToWorker): void;
  onMessage(handler: (message: FromWorker) => void): void;
  /** Called once, whatever ended it; also where it could not be started. */
  onExit(handler: (status: ExitStatus) => void): void;
  /** Ends it at once, without asking. */
  kill(): void;
}

/** Starts a job process. */
export type Launch = () => ChildPort;

/** A package that ships with the app. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** What the settings and the about box show beside the session. */
export class Support {
  /** The report is being made. */
  checking = $state(false);
  packages = $state.raw<readonly Package[] | null>(null);
}

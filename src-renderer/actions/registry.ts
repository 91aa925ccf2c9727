import type { Action } from './action.ts';

/** All actions by id. The one way to run one, so that a disabled action runs nowhere and every failure is reported. */
export class Registry {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #report: (error: unknown) => void;

  /** Throws where two actions share an id or a key. */
  constructor(actions: readonly Action[], report: (error: unknown) => void) {
    this.#actions = new Map(actions.map((action) => [action.id, action]));
    this.#report = report;
    const claims = [...actions.map(({ id }) => id), ...actions.flatMap(({ keys = [] }) => keys)];
    const twice = claims.find((claim, i) => claims.indexOf(claim) !== i);
    if (twice !== undefined) throw new Error(`Two actions claim ${twice}.`);
  }

  get all(): readonly Action[] {
    return [...this.#actions.values()];
  }

  /** What the palette offers: all that is enabled and more than a key held down, each label once, the first with it. */
  get offered(): readonly Action[] {
    const byLabel = new Map<string, Action>();
    for (const action of this.all) {
      const name = `${action.group} ${action.label}`;
      if (action.enabled() && !action.release && !byLabel.has(name)) byLabel.set(name, action);
    }
    return [...byLabel.values()];
  }

  /** Throws for an id nobody registered. */
  get(id: string): Action {
    const action = this.#actions.get(id);
    if (action === undefined) throw new Error(`There is no action ${id}.`);
    return action;
  }

  has(id: string): boolean {
    return this.#actions.has(id);
  }

  /** Run it if it is enabled. Never rejects. */
  async run(id: string): Promise<void> {
    const action = this.get(id);
    if (!action.enabled()) return;
    try {
      await action.run();
    } catch (error) {
      this.#report(error);
    }
  }
}

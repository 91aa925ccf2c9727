/**
 * Every way Seamfield can refuse or fail, named once for both sides of the wire.
 *
 * `bad-input` codes make the command line exit with 2; the rest with 1.
 */
export const errorCodes = {
  'bad-usage': 'bad-input',
  'bad-option': 'bad-input',
  'unreadable-image': 'bad-input',
  'image-too-large': 'bad-input',
  'size-mismatch': 'bad-input',
  'empty-mask': 'bad-input',
  'nothing-to-clone': 'bad-input',
  'not-a-file': 'bad-input',
  'unwritable-output': 'bad-input',
  'unsupported-format': 'bad-input',
  'bad-model': 'bad-input',
  'bad-checkpoint': 'bad-input',
  'bad-project': 'bad-input',
  'newer-project': 'bad-input',
  'project-in-use': 'bad-input',
  'project-exists': 'bad-input',
  'project-changed': 'bad-input',
  'unknown-provider': 'bad-input',
  'unknown-engine': 'bad-input',
  'unknown-handle': 'bad-input',
  'invalid-message': 'bad-input',
  'unknown-channel': 'bad-input',
  'not-allowed': 'bad-input',
  busy: 'failure',
  cancelled: 'failure',
  'job-died': 'failure',
  'out-of-memory': 'failure',
  diverged: 'failure',
  internal: 'failure',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** What crosses a process or a wire: a code to branch on, a sentence for a person, facts for a log. */
export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one error type that reaches users. Its message is a sentence that says what is wrong and what to do. */
export class SeamfieldError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'SeamfieldError';
    this.code = code;
    this.details = details;
  }

  /** True where the user's input is at fault, so that nothing was begun and nothing written. */
  get isBadInput(): boolean {
    return errorCodes[this.code] === 'bad-input';
  }

  toEnvelope(): ErrorEnvelope {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromEnvelope(envelope: ErrorEnvelope): SeamfieldError {
    return new SeamfieldError(envelope.code, envelope.message, envelope.details);
  }

  /** Any thrown thing as an error of ours; what we did not expect becomes `internal`. */
  static from(thrown: unknown): SeamfieldError {
    if (thrown instanceof SeamfieldError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const details = thrown instanceof Error && thrown.stack !== undefined ? { stack: thrown.stack } : {};
    return new SeamfieldError('internal', message, details);
  }
}

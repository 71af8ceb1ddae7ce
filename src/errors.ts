/** A failure that can be told to the person it concerns. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  /** The HTTP status that renders this error. */
  readonly status: number;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number;

  constructor(
    message: string,
    options: { status: number; retryable?: boolean; retryAfterSeconds?: number; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.status = options.status;
    this.retryable = options.retryable ?? false;
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The request is not of the form the contract asks for. */
export class InvalidRequestError extends AppError {
  override readonly name = 'InvalidRequestError';
  readonly issues: readonly { readonly pointer: string; readonly detail: string }[];

  constructor(message: string, issues: readonly { pointer: string; detail: string }[] = []) {
    super(message, { status: 400 });
    this.issues = issues;
  }
}

export class NotFoundError extends AppError {
  override readonly name = 'NotFoundError';
  constructor(message: string) {
    super(message, { status: 404 });
  }
}

/** A setting is missing or wrong, or names something that is not installed: the operator can mend it. */
export class ConfigurationError extends AppError {
  override readonly name = 'ConfigurationError';
  constructor(message: string, cause?: unknown) {
    super(message, { status: 500, cause });
  }
}

/** The index cannot be used as it is; the message names the command that mends it. */
export class IndexUnusableError extends AppError {
  override readonly name = 'IndexUnusableError';
  constructor(message: string, cause?: unknown) {
    super(message, { status: 500, cause });
  }
}

/** Nothing could be ingested; the message says what was looked at. */
export class IngestError extends AppError {
  override readonly name = 'IngestError';
  constructor(message: string, cause?: unknown) {
    super(message, { status: 422, cause });
  }
}

/** Not ready yet, or shutting down. */
export class UnavailableError extends AppError {
  override readonly name = 'UnavailableError';
  constructor(message: string) {
    super(message, { status: 503, retryable: true, retryAfterSeconds: 5 });
  }
}

/** Another process holds a lock; the message says which. */
export class LockHeldError extends AppError {
  override readonly name = 'LockHeldError';
  constructor(message: string, { retryable = false, cause }: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { status: 409, retryable, cause });
  }
}

/** What this process did of a job counts no more: another has taken it over. */
export class ClaimLostError extends AppError {
  override readonly name = 'ClaimLostError';
  constructor(message: string) {
    super(message, { status: 409 });
  }
}

/** What went wrong with the database; stable, for callers that must tell cases apart. */
export type StorageErrorCode =
  | 'unsupported-url'
  | 'cannot-open'
  | 'newer-database'
  | 'migration-failed'
  | 'damaged'
  | 'not-ours'
  | 'other-tenant'
  | 'in-use'
  | 'cannot-copy'
  | 'corrupt-row'
  | 'no-answer'
  | 'scan-overtaken'
  | 'scan-over'
  | 'lease-lost';

/** Thrown by the store for surprises; the message is a sentence for whoever runs the bot and holds no password. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

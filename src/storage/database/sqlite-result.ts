/** Primary result codes of https://www.sqlite.org/rescode.html that mean something to whoever runs the bot. */
export const SQLITE = {
  busy: 5,
  locked: 6,
  readonly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  constraint: 19,
  notADb: 26,
};

/** SQLite's primary result code, which is the low byte of the extended one; null for any other error. */
export const resultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;

/** Whether the file itself is broken. */
export const isDamaged = (error: unknown): boolean => {
  const code = resultCode(error);
  return code === SQLITE.corrupt || code === SQLITE.notADb;
};

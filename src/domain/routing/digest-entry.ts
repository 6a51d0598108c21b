/** Something that has no card of its own: a line in the next digest. `key` is `incident:<id>` or `security:<id>`. */
export type DigestEntry = {
  key: string;
  /** The key of the conversation in which it is to be told; empty: wherever alerts go. */
  targetKey: string;
  at: number;
  /** When the digest is due that tells it. */
  dueAt: number;
  /** `low` has no card; `held` waited for the end of quiet hours and has one. */
  why: 'low' | 'held';
  /** What happened, in a sentence without its time. */
  line: string;
  /** What groups it in the digest: its class, or empty. */
  class: string;
};

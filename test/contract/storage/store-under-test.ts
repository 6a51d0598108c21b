import type { Store } from '../../../src/domain/ports.ts';

/** A store on a fresh database, and what a test may do behind its back. */
export type StoreFixture = {
  store: Store;
  /** Another process's view: a second store on the same database; null where there can be none. */
  another: (() => Promise<Store>) | null;
  /** Runs SQL as anybody with access to the database could. */
  execute(statement: string): Promise<void>;
  close(): Promise<void>;
};

export type Subject = {
  readonly store: Store;
  readonly another: StoreFixture['another'];
  execute(statement: string): Promise<void>;
};

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { auditContract } from './audit-contract.ts';
import { changesContract } from './changes-contract.ts';
import { decisionsContract } from './decisions-contract.ts';
import { incidentsContract } from './incidents-contract.ts';
import { knownPagesContract } from './known-pages-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import { operationsContract } from './operations-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { scansContract } from './scans-contract.ts';
import { signInsContract } from './sign-ins-contract.ts';
import { standingContract } from './standing-contract.ts';
import { usersContract } from './users-contract.ts';

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

/** What every database must do, whichever it is. */
export function storeContract(name: string, open: () => Promise<StoreFixture>): void {
  describe(`the store on ${name}`, () => {
    let fixture: StoreFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    const subject: Subject = {
      get store() {
        return fixture.store;
      },
      get another() {
        return fixture.another;
      },
      execute: (statement) => fixture.execute(statement),
    };

    it('answers a ping', async () => {
      await expect(subject.store.ping()).resolves.toBeUndefined();
    });

    knownPagesContract(subject);
    scansContract(subject);
    usersContract(subject);
    changesContract(subject);
    auditContract(subject);
    incidentsContract(subject);
    decisionsContract(subject);
    signInsContract(subject);
    standingContract(subject);
    outboxContract(subject);
    operationsContract(subject);
    ledgerContract(subject);
  });
}

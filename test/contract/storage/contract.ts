import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsContract } from './alerts-contract.ts';
import { askedChangesContract } from './asked-changes-contract.ts';
import { auditContract } from './audit-contract.ts';
import { auditingContract } from './auditing-contract.ts';
import { cardsContract } from './cards-contract.ts';
import { changesContract } from './changes-contract.ts';
import { decisionsContract } from './decisions-contract.ts';
import { incidentsContract } from './incidents-contract.ts';
import { knownAccessContract } from './known-access-contract.ts';
import { knownPagesContract } from './known-pages-contract.ts';
import { leasesContract } from './leases-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import { operationsContract } from './operations-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { scansContract } from './scans-contract.ts';
import { signInsContract } from './sign-ins-contract.ts';
import type { StoreFixture, Subject } from './store-under-test.ts';
import { standingContract } from './suppression-contract.ts';
import { usersContract } from './users-contract.ts';

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
    knownAccessContract(subject);
    scansContract(subject);
    usersContract(subject);
    changesContract(subject);
    auditContract(subject);
    auditingContract(subject);
    incidentsContract(subject);
    decisionsContract(subject);
    askedChangesContract(subject);
    signInsContract(subject);
    standingContract(subject);
    outboxContract(subject);
    alertsContract(subject);
    leasesContract(subject);
    cardsContract(subject);
    operationsContract(subject);
    ledgerContract(subject);
  });
}

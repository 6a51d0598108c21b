import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveContract } from './audit/archive-contract.ts';
import { auditContract } from './audit/audit-contract.ts';
import { auditingContract } from './audit/auditing-contract.ts';
import { forwardingContract } from './audit/forwarding-contract.ts';
import { searchContract } from './audit/search-contract.ts';
import { alertsContract } from './delivery/alerts-contract.ts';
import { cardsContract } from './delivery/cards-contract.ts';
import { outboxContract } from './delivery/outbox-contract.ts';
import { routingContract } from './delivery/routing-contract.ts';
import { askedChangesContract } from './incidents/asked-changes-contract.ts';
import { changesContract } from './incidents/changes-contract.ts';
import { decisionsContract } from './incidents/decisions-contract.ts';
import { incidentsContract } from './incidents/incidents-contract.ts';
import { settingsContract } from './incidents/settings-contract.ts';
import { standingContract } from './incidents/suppression-contract.ts';
import { knownAccessContract } from './operations/known-access-contract.ts';
import { leasesContract } from './operations/leases-contract.ts';
import { operationsContract } from './operations/operations-contract.ts';
import { sentencesContract } from './operations/sentences-contract.ts';
import { upkeepContract } from './operations/upkeep-contract.ts';
import { claimTenantContract } from './scans/claim-tenant-contract.ts';
import { knownPagesContract } from './scans/known-pages-contract.ts';
import { ledgerContract } from './scans/ledger-contract.ts';
import { scansContract } from './scans/scans-contract.ts';
import { securityContract } from './security/security-contract.ts';
import type { StoreFixture, Subject } from './store-under-test.ts';
import { licenseDatesContract } from './users/license-dates-contract.ts';
import { peopleContract } from './users/people-contract.ts';
import { signInsContract } from './users/sign-ins-contract.ts';
import { usageContract } from './users/usage-contract.ts';
import { usersContract } from './users/users-contract.ts';

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
    settingsContract(subject);
    knownAccessContract(subject);
    sentencesContract(subject);
    scansContract(subject);
    claimTenantContract(subject);
    usersContract(subject);
    peopleContract(subject);
    changesContract(subject);
    auditContract(subject);
    auditingContract(subject);
    archiveContract(subject);
    forwardingContract(subject);
    searchContract(subject);
    incidentsContract(subject);
    decisionsContract(subject);
    askedChangesContract(subject);
    securityContract(subject);
    signInsContract(subject);
    licenseDatesContract(subject);
    usageContract(subject);
    routingContract(subject);
    standingContract(subject);
    outboxContract(subject);
    alertsContract(subject);
    leasesContract(subject);
    cardsContract(subject);
    operationsContract(subject);
    upkeepContract(subject);
    ledgerContract(subject);
  });
}

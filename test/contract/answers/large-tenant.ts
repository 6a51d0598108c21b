import { DatabaseSync } from 'node:sqlite';
import { LICENSE_FEED } from '../../../src/domain/audit/coverage-extent.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import type { UserState } from '../../../src/domain/license/user-state.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { encodeUserState, isLicensed } from '../../../src/storage/scans/user-state-text.ts';
import { aScanRecord } from '../../builders/jobs/scan-record.ts';
import { aChange } from '../../builders/license/license-change.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import { at, E3, GROUP, NOW, PEOPLE, STANDARD, TENANT, VISIO } from '../../unit/answers/a-watched-tenant.ts';

const GIVEN = ['Noor', 'Sanne', 'Liam', 'Emma', 'Mateo', 'Aylin', 'Piotr', 'Chloé', 'Yusuf', 'Ingrid'];
const CHANGES = 3_000;

/** One of very many: everybody has E3, some twice, some in error, some are guests. */
function personNo(no: number): UserState {
  const given = GIVEN[no % GIVEN.length] ?? '';
  const upn = `person${no}@fabrikam.example`;
  return {
    id: `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`,
    displayName: `${given} Number${no}`,
    givenName: given,
    surname: `Number${no}`,
    userPrincipalName: upn,
    mail: upn,
    accountEnabled: true,
    userType: no % 50 === 0 ? 'Guest' : 'Member',
    usageLocation: 'NL',
    department: 'Sales',
    onPremisesSyncEnabled: null,
    assignments: [
      anAssignment({ skuId: E3 }),
      ...(no % 4 === 0 ? [anAssignment({ skuId: E3, path: GROUP })] : []),
      ...(no % 100 === 0
        ? [anAssignment({ skuId: VISIO, path: GROUP, state: 'Error', error: 'CountViolation' })]
        : []),
    ],
  };
}

/**
 * A tenant of that many users in a file, written past the product as its scan would leave it: everybody that the
 * small tenant has, the rest as `personNo` makes them, a busy morning of changes, and logs that are complete.
 */
export async function aLargeTenant(file: string, users: number): Promise<Store> {
  const url = `file:${file}`;
  const first = await openStore({ url });
  const session = await first.scans.begin('large');
  await session.stage(PEOPLE);
  await session.commit({
    record: aScanRecord({ id: 'large', startedAt: at('20T07:59'), finishedAt: at('20T08:00') }),
    changes: [],
    settle: [],
    tenant: TENANT,
    deltaLink: null,
  });
  await first.close();
  fill(file, users);
  const store = await openStore({ url });
  const morning = await store.scans.begin('morning');
  await morning.commit({
    record: aScanRecord({
      id: 'morning',
      kind: 'delta',
      startedAt: NOW - 600_000,
      finishedAt: NOW - 595_000,
    }),
    changes: Array.from({ length: CHANGES }, (_, no) => changeNo(no)),
    settle: [],
    tenant: null,
    deltaLink: null,
  });
  for (const source of ['directoryAudits', 'activity'] as const) {
    const feed = { source, contentType: LICENSE_FEED[source] };
    await store.audit.saveWindows(feed, [], { source, completeTo: NOW - HOUR_MS, completeFrom: null });
  }
  return store;
}

function fill(file: string, users: number): void {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = memory; pragma synchronous = off; begin');
  const insert = database.prepare(
    'insert into user_states (id, state, licensed, first_seen_at, removed_at, version) values (?, ?, ?, ?, null, 1)',
  );
  for (let no = 0; no < users; no++) {
    const user = personNo(no);
    insert.run(user.id, encodeUserState(user), isLicensed(user) ? 1 : 0, at('20T08:00'));
  }
  database.exec('commit; pragma journal_mode = wal');
  database.close();
}

const changeNo = (no: number) => {
  const { id, displayName, userPrincipalName } = personNo(no);
  const user = {
    displayName,
    userPrincipalName,
    usageLocationBefore: 'NL',
    usageLocationAfter: 'NL',
    onPremisesSyncEnabled: null,
    accountEnabled: true,
  };
  return aChange({
    id: `change-${no}`,
    scanId: 'morning',
    userId: id,
    skuId: STANDARD,
    user,
    observedBefore: NOW - 1_500_000,
    observedAfter: NOW - 600_000,
  });
};

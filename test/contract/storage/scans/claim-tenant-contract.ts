import { describe, expect, it } from 'vitest';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import type { Subject } from '../store-under-test.ts';
import { scanFinds, usersNo } from './scanning.ts';

const CONTOSO = '11111111-1111-4111-8111-111111111111';
const FABRIKAM = '22222222-2222-4222-8222-222222222222';
/** How long a lease lasts, ms. */
const MINUTE = 60_000;

type Claim = {
  watched: string | null;
  before: (subject: Subject) => Promise<unknown>;
  asked: string;
  taken: boolean;
};

const nothing = async (): Promise<void> => undefined;
const aRead = ({ store }: Subject) => scanFinds(store, usersNo(1, 2));
const aFailedRead = async ({ store }: Subject): Promise<void> => {
  const session = await store.scans.begin('failed');
  await session.abandon(aScanRecord({ id: 'failed', outcome: 'incomplete' }));
};
const records = ({ store }: Subject) =>
  store.audit.append([anArchivedEvent({ id: 'of-contoso', at: 1_000 })], 0);
const working = ({ store }: Subject) => store.leases.take('jobs', 'another process', MINUTE, null);
const worked = ({ store }: Subject) => store.leases.take('jobs', 'a killed process', -1, null);

const CLAIMS: Record<string, Claim> = {
  'nothing in it': { watched: null, before: nothing, asked: CONTOSO, taken: true },
  'users of a version that did not know its tenant': {
    watched: null,
    before: aRead,
    asked: CONTOSO,
    taken: true,
  },
  'users of the tenant': { watched: CONTOSO, before: aRead, asked: CONTOSO, taken: true },
  'users of another tenant': { watched: CONTOSO, before: aRead, asked: FABRIKAM, taken: false },
  'no users in another tenant': {
    watched: CONTOSO,
    before: ({ store }) => scanFinds(store, []),
    asked: FABRIKAM,
    taken: false,
  },
  'records of another tenant': { watched: CONTOSO, before: records, asked: FABRIKAM, taken: false },
  'nothing yet, of another tenant': { watched: CONTOSO, before: nothing, asked: FABRIKAM, taken: true },
  'a read of another tenant that failed': {
    watched: CONTOSO,
    before: aFailedRead,
    asked: FABRIKAM,
    taken: true,
  },
  'nothing yet, while a process works for another tenant': {
    watched: CONTOSO,
    before: working,
    asked: FABRIKAM,
    taken: false,
  },
  'nothing yet, after a process for another tenant was killed': {
    watched: CONTOSO,
    before: worked,
    asked: FABRIKAM,
    taken: true,
  },
};

/** One database watches one tenant. */
export function claimTenantContract(subject: Subject): void {
  describe('the tenant of a database', () => {
    it.each(Object.entries(CLAIMS))(
      'with %s is taken or refused',
      async (_name, { watched, before, asked, taken }) => {
        const { scans } = subject.store;
        if (watched !== null) await scans.claimTenant(watched);
        await before(subject);
        const claim = scans.claimTenant(asked);
        if (taken) await expect(claim).resolves.toBeUndefined();
        else await expect(claim).rejects.toMatchObject({ name: 'StorageError', code: 'other-tenant' });
      },
    );

    it('stays the one that it was when another is refused, and the sentence says what to do', async () => {
      const { scans } = subject.store;
      await aRead(subject);
      await scans.claimTenant(CONTOSO);
      await expect(scans.claimTenant(FABRIKAM)).rejects.toThrow(
        `Set AAD_APP_TENANT_ID back to ${CONTOSO}, or set DATABASE_URL to another database for ${FABRIKAM}.`,
      );
      await aRead(subject);
      await expect(scans.claimTenant(CONTOSO)).resolves.toBeUndefined();
    });

    it('is one, where two claim it at the same time', async () => {
      await aRead(subject);
      const { store } = subject;
      const claims = await Promise.allSettled([CONTOSO, FABRIKAM].map((id) => store.scans.claimTenant(id)));
      expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });
}

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ReadFailureCode } from '../../../src/domain/ports.ts';
import type { Effect } from '../../../src/simulator/http/faults.ts';
import { WatchedTenant } from './watched-tenant.ts';

type Refusal = {
  name: string;
  /** A part of the path; all of Graph unless said. */
  path?: string;
  effect: Effect;
  code: ReadFailureCode;
  /** What the sentence tells. */
  says: RegExp;
};

const status = (code: number, more: object = {}): Effect => ({ kind: 'status', status: code, ...more });

/** Refusals that meet every kind of read. */
const ANYWHERE: Refusal[] = [
  {
    name: 'says 401',
    effect: status(401),
    code: 'unauthorized',
    says: /did not accept the app's sign-in.*Check the app registration/,
  },
  {
    name: 'says 403',
    effect: status(403, { code: 'Authorization_RequestDenied' }),
    code: 'forbidden',
    says: /Grant it the application permission User\.Read\.All/,
  },
  {
    name: 'says 429 for an hour',
    effect: status(429, { retryAfter: '3600' }),
    code: 'throttled',
    says: /slow down.*next run tries again/,
  },
  {
    name: 'says 429 with a pause in seconds and parts, for ever',
    effect: status(429, { retryAfter: '2.128' }),
    code: 'throttled',
    says: /slow down/,
  },
  { name: 'says 429 without a pause', effect: status(429), code: 'throttled', says: /slow down/ },
  { name: 'says 500', effect: status(500), code: 'server-error', says: /could not .*\(500.*next run/ },
  { name: 'says 503', effect: status(503, { retryAfter: '7' }), code: 'server-error', says: /503/ },
  {
    name: 'cuts every connection',
    effect: { kind: 'cut' },
    code: 'unreachable',
    says: /could not be reached/,
  },
  {
    name: 'sends what is not JSON',
    effect: { kind: 'malformed' },
    code: 'malformed',
    says: /not valid JSON/,
  },
  {
    name: 'sends nothing but braces',
    effect: { kind: 'body', body: '{}' },
    code: 'malformed',
    says: /another form/,
  },
  {
    name: 'stops in the middle of a page',
    effect: { kind: 'stall' },
    code: 'timeout',
    says: /took too long/,
  },
];

/** Refusals of listings; a quick read lists what changed, a full one everybody. */
const LISTINGS: Omit<Refusal, 'path'>[] = [
  {
    name: 'links a page to itself',
    effect: { kind: 'paging-loop' },
    code: 'paging-loop',
    says: /same page link twice/,
  },
  {
    name: 'has pages without end',
    effect: { kind: 'endless-pages' },
    code: 'too-many-pages',
    says: /no end/,
  },
  {
    name: 'links to another host',
    effect: { kind: 'foreign-link' },
    code: 'cross-origin',
    says: /not followed/,
  },
  {
    name: 'sends a row that is no row',
    effect: { kind: 'body', body: '{"value":[{"id":7}]}' },
    code: 'invalid-row',
    says: /another form/,
  },
];

const LATE: Refusal[] = [
  ['/v1.0/subscribedSkus', 'LicenseAssignment.Read.All'],
  ['/v1.0/directory/subscriptions', 'Organization.Read.All'],
  ['/v1.0/groups', 'Group.Read.All'],
].map(([path = '', permission = '']) => ({
  name: `refuses ${path} when all users have been read`,
  path,
  effect: status(403, { code: 'Authorization_RequestDenied' }),
  code: 'forbidden',
  says: new RegExp(`permission ${permission.replaceAll('.', '\\.')}`),
}));

describe('a tenant that refuses', () => {
  const watched = new WatchedTenant();
  beforeAll(() => watched.start());
  afterAll(() => watched.stop());
  afterEach(() => watched.simulator.tenant.clearFaults());

  const cases = (['full', 'delta'] as const).flatMap((kind) => [
    ...ANYWHERE.map((refusal) => ({ kind, path: '/v1.0/', ...refusal })),
    ...LATE.map((refusal) => ({ kind, path: '', ...refusal })),
    ...LISTINGS.map((refusal) => ({
      kind,
      path: kind === 'full' ? '/v1.0/users?' : '/v1.0/users/delta',
      ...refusal,
    })),
  ]);

  it.each(cases)(
    'leaves everything as it is, and is told: $kind read, $name',
    async ({ kind, path, effect, code, says }) => {
      expect(await watched.store.incidents.open()).toHaveLength(1);
      const before = await watched.watched();
      watched.simulator.tenant.fault({ path, effect });

      const record = await watched.scan(kind);

      expect(record).toMatchObject({ kind, outcome: 'incomplete', reasonCode: code, changes: 0 });
      expect(record.reason).toMatch(says);
      expect(record.reason).not.toContain(watched.simulator.clientSecret);
      expect(await watched.store.scans.last()).toEqual(record);
      expect(await watched.watched()).toEqual(before);
      const status = JSON.stringify(await watched.status());
      expect(status).toContain('incomplete');
      expect(JSON.parse(status).blocks).toContainEqual(
        expect.objectContaining({ kind: 'text', text: expect.stringContaining(record.reason ?? 'a reason') }),
      );
      expect(JSON.stringify(await watched.readiness())).toContain(JSON.stringify(record.reason).slice(1, -1));
    },
  );
});

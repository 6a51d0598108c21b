import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { narrowIncident, scopedStore } from '../../../../src/answers/scope/scope.ts';
import type { LicenseChange } from '../../../../src/domain/license/change.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aSilence, aSuppressionRule, aWatchMark } from '../../../builders/incident/suppression.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { anEmptyStore } from '../../../builders/storage/store-in-memory.ts';
import { ADELE, ask, at, E3, NOW, PEOPLE, RICK, rickLost, STANDARD, TENANT } from '../a-watched-tenant.ts';
import { ONE_OF_EACH } from '../one-of-each.ts';

const SEES: ReadonlySet<string> = new Set(['adele', 'bo']);
const isInside = ({ id }: { id: string }): boolean => SEES.has(id);

const adeleLost = rickLost({
  id: 'change-2',
  userId: 'adele',
  skuId: E3,
  before: ADELE.assignments,
  user: null,
});
const userTarget = (id: string, name: string) => ({ kind: 'user' as const, id, name });
const adele = userTarget('adele', 'adele@contoso.com');
const rick = userTarget('rick', 'rick@contoso.com');

/** What is stored of those inside; of everybody else too, unless they never were there. */
async function aTenant(who: 'everybody' | 'only those inside'): Promise<Store> {
  const all = who === 'everybody';
  const store = await anEmptyStore();
  const people = all ? PEOPLE : PEOPLE.filter(isInside);
  let scans = 0;
  const scan = async (finishedAt: number, changes: readonly LicenseChange[]): Promise<void> => {
    const record = aScanRecord({ id: `scan-${++scans}`, finishedAt, usersRead: 6, changes: 2 });
    const session = await store.scans.begin(record.id);
    await session.stage(people);
    await session.commit({ record, changes, settle: [], tenant: TENANT, deltaLink: null });
  };
  await scan(at('20T08:00'), []);
  await scan(at('23T10:20'), all ? [rickLost(), adeleLost] : [adeleLost]);
  const record = (id: string, over: Parameters<typeof anArchivedEvent>[0]) =>
    anArchivedEvent({ id, at: at('23T10:06'), correlationId: id, ...over });
  await store.audit.append([record('on-adele', { targets: [adele] })], 0);
  const incident = (id: string, userIds: string[], changeIds: string[]) =>
    anIncident({ id, fingerprint: id, userIds, changeIds, skuIds: [STANDARD], openedAt: at('23T10:21') });
  const commit = { verdicts: [], settled: [], outbox: [] };
  await store.incidents.commit({
    ...commit,
    incidents: [incident('of-adele', ['adele'], ['change-2'])],
    decisions: [aDecision({ id: 'd1', incidentId: 'of-adele', at: at('23T10:22') })],
    steps: [aRestoreStep({ decisionId: 'd1', userIds: ['adele'], status: 'done' })],
    rule: aSuppressionRule(),
  });
  if (!all) return store;
  await store.audit.append(
    [
      record('on-rick', { targets: [rick] }),
      record('adele-on-rick', {
        actor: { kind: 'user', id: 'adele', name: 'adele@contoso.com' },
        targets: [rick],
      }),
      record('mailbox', { targets: [{ kind: 'other', id: null, name: 'RICK@contoso.com' }] }),
      record('no-user', { targets: [{ kind: 'group', id: 'g', name: 'Sales' }] }),
    ],
    0,
  );
  await store.incidents.commit({
    ...commit,
    incidents: [incident('of-rick', ['rick'], ['change-1'])],
    decisions: [aDecision({ id: 'd2', incidentId: 'of-rick', at: at('23T10:23') })],
    silences: [aSilence({ id: 's1', subject: { kind: 'user', id: 'rick' } })],
  });
  await store.suppression.commit({
    decision: aDecision({ id: 'd4', kind: 'watch', incidentId: null, subject: { kind: 'user', id: 'rick' } }),
    mark: aWatchMark({ subject: { kind: 'user', id: 'rick' } }),
  });
  return store;
}

let store: Store;
beforeEach(async () => {
  store = await aTenant('everybody');
});
afterEach(() => store.close());

const ABOUT_RICK = [
  'who changed Rick van Oosterhout’s license',
  `history of ${RICK.userPrincipalName}`,
  'licenses of Rick',
  'lost licenses of Rick',
  'what did Rick do last week',
  'audit log of Rick',
  'open incidents of Rick',
  'decisions about Rick',
  'who approved Rick’s loss',
  'give Rick the license back',
  'snooze Rick until Friday: leaver',
  'unsnooze Rick',
  'keep an eye on Rick',
  'stop keeping an eye on Rick',
  'does Rick have E3',
  'why did Rick lose Business Standard',
  'what did the bot do this week',
  'what happened this week',
  'what did Ines do this week',
  'events this week',
];

describe('somebody who sees only some users', () => {
  it('is told of all others as if they had never been there, whatever is asked', async () => {
    const without = await aTenant('only those inside');
    for (const text of [...ONE_OF_EACH, ...ABOUT_RICK]) {
      const told = await ask(store, text, 'UTC', SEES);
      expect({ text, ...told }).toEqual({ text, ...(await ask(without, text, 'UTC', SEES)) });
      const said = JSON.stringify(told.answer).replaceAll(/“[^”]*”/g, '');
      expect(said, text).not.toMatch(/van oosterhout|rick@/i);
    }
    await without.close();
  });

  it('would be told of them without the scope', async () => {
    expect(JSON.stringify((await ask(store, 'lost licenses')).answer)).toContain('Rick van Oosterhout');
    expect(JSON.stringify((await ask(store, 'lost licenses', 'UTC', SEES)).answer)).toContain('Adele Vance');
  });

  it('who sees nobody is told of nobody', async () => {
    const { answer } = await ask(store, 'lost licenses', 'UTC', new Set());
    expect(answer.lead).toBe('Nobody lost a license in the last 7 days.');
    expect((await ask(store, 'who has E3', 'UTC', new Set())).answer.lead).toMatch(/^Nobody has/);
  });
});

describe('the store within a scope', () => {
  it('is the store itself for whoever sees everybody', () => {
    expect(scopedStore(store, null)).toBe(store);
  });

  it('counts and lists only the users inside', async () => {
    const { users } = scopedStore(store, SEES);
    expect(await users.count()).toEqual({ present: 2, licensed: 2 });
    expect((await users.byIds(['rick', 'adele'])).map(({ state }) => state.id)).toEqual(['adele']);
    const listed: string[] = [];
    for await (const chunk of users.all()) listed.push(...chunk.map(({ state }) => state.id));
    expect(listed.sort()).toEqual(['adele', 'bo']);
  });

  it('finds changes of users inside, up to the limit', async () => {
    const { changes } = scopedStore(store, SEES);
    expect((await changes.find({ limit: 1 })).map(({ change }) => change.id)).toEqual(['change-2']);
    expect(await changes.find({ userIds: ['rick'] })).toEqual([]);
    expect((await changes.byIds(['change-1', 'change-2'])).map(({ change }) => change.id)).toEqual([
      'change-2',
    ]);
  });

  it('takes other people out of a record about several', async () => {
    await store.audit.append(
      [
        anArchivedEvent({
          id: 'both',
          targets: [rick, adele],
          modified: [{ name: 'Members', oldValue: null, newValue: 'rick, adele' }],
        }),
      ],
      0,
    );
    const { audit } = scopedStore(store, SEES);
    const found = await audit.find({ from: 0, to: NOW });
    expect(found.map(({ id }) => id).sort()).toEqual(['both', 'on-adele']);
    expect(found.find(({ id }) => id === 'both')).toMatchObject({ targets: [adele], modified: [] });
  });

  it('finds as many records as asked for, however many others are newer', async () => {
    const records = Array.from({ length: 60 }, (_, index) =>
      anArchivedEvent({ id: `r${index}`, at: 1_000 + index, targets: [index % 20 === 0 ? adele : rick] }),
    );
    await store.audit.append(records, 0);
    const { audit } = scopedStore(store, SEES);
    const found = await audit.find({ from: 0, to: 2_000, limit: 3 });
    expect(found.map(({ id }) => id)).toEqual(['r0', 'r20', 'r40']);
  });

  it('tells the newest decisions about users inside, however many others are newer', async () => {
    for (let no = 0; no < 30; no++) {
      await store.decisions.append(aDecision({ id: `more-${no}`, incidentId: 'of-rick' }));
    }
    const { decisions } = scopedStore(store, SEES);
    expect((await decisions.recent(1)).map(({ id }) => id)).toEqual(['d1']);
    expect(await decisions.byIncident('of-rick')).toEqual([]);
    const between: string[] = [];
    for await (const chunk of decisions.between(0, NOW)) between.push(...chunk.map(({ id }) => id));
    expect(between).toEqual(['d1']);
  });

  it('makes an incident, its decisions and steps narrower, and leaves out what is only about others', async () => {
    const mixed = anIncident({
      userIds: ['rick', 'adele'],
      restoredUserIds: ['rick'],
      undoneUserIds: ['adele'],
    });
    expect(narrowIncident(mixed, SEES)).toMatchObject({
      userIds: ['adele'],
      restoredUserIds: [],
      undoneUserIds: ['adele'],
    });
    expect(narrowIncident(anIncident({ userIds: ['rick'] }), SEES)).toBeNull();
    // One about the tenant, such as seats that are gone, is everybody's.
    expect(narrowIncident(anIncident({ userIds: [] }), SEES)).not.toBeNull();
    await store.incidents.commit({
      incidents: [anIncident({ ...mixed, id: 'mixed', fingerprint: 'mixed' })],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [
        aDecision({ id: 'mixed-1', incidentId: 'mixed', userIds: ['rick', 'adele'] }),
        aDecision({ id: 'mixed-2', incidentId: 'mixed', userIds: ['rick'] }),
      ],
      steps: [
        aRestoreStep({ decisionId: 'mixed-1', stepNo: 1, userIds: ['rick'] }),
        aRestoreStep({ decisionId: 'mixed-1', stepNo: 2, userIds: ['rick', 'adele'] }),
      ],
    });
    const { decisions } = scopedStore(store, SEES);
    expect(await decisions.byIncident('mixed')).toMatchObject([{ id: 'mixed-1', userIds: ['adele'] }]);
    expect(await decisions.stepsOf('mixed-1')).toMatchObject([{ stepNo: 2, userIds: ['adele'] }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import {
  ADELE,
  ask,
  at,
  aWatchedTenant,
  completeTo,
  E3,
  GROUP,
  STANDARD,
  scanned,
  TENANT,
  VISIO,
} from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const aChannel = (of: Store) =>
  of.conversations.upsert({
    key: 'a',
    kind: 'channel',
    name: 'License alerts',
    tenantId: null,
    teamId: 'team',
    reference: '{}',
    updatedAt: 0,
  });

const board = async (of: Store = store, text = 'what needs my attention') => (await ask(of, text)).answer;
const whats = async (of: Store = store) => rowsOf((await board(of)).blocks).map(([what]) => what);

const openIncident = () =>
  store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick'], skuIds: [STANDARD], changeIds: ['change-1'] })],
    verdicts: [],
    settled: [],
    outbox: [],
  });

/** A tenant in which nothing is wrong. */
async function allWell(): Promise<Store> {
  const well = await anEmptyStore();
  await scanned(
    well,
    [ADELE].map((user) => ({ ...user, assignments: [anAssignment({ skuId: E3 })] })),
    at('23T10:20'),
    [],
    {
      ...TENANT,
      skus: [aSkuState({ skuId: E3, partNumber: 'SPE_E3', enabled: 10, consumed: 8 })],
      subscriptions: [],
    },
  );
  await completeTo(well, 'directoryAudits', at('23T10:25'));
  await completeTo(well, 'activity', at('23T09:40'));
  await aChannel(well);
  return well;
}

describe('what needs attention', () => {
  it('lists open incidents first, then errors, seats, what ends and the watch itself, with the next step', async () => {
    await openIncident();
    const answer = await board();
    expect(answer.lead).toBe('1 open incident, and 5 other things need attention.');
    expect(rowsOf(answer.blocks)).toEqual([
      [
        expect.stringContaining('(high)'),
        'since 23 Nov 10:20',
        expect.stringMatching(/^Say “open incidents of [^@]+”\.$/),
      ],
      [
        'Visio Plan 2: 1 assignment in error, no seat was left (CountViolation)',
        '',
        'Say “license assignment errors”.',
      ],
      [
        'Visio Plan 2: 1 more user than seats (1 bought)',
        '',
        'Say “unused licenses of Visio Plan 2”, or buy seats.',
      ],
      [
        'Microsoft 365 Business Standard: no free seat of 5',
        '',
        'Say “unused licenses of Microsoft 365 Business Standard”, or buy seats.',
      ],
      ['Visio Plan 2: the trial ends', '5 Dec 00:00', 'Buy it, or say “who has Visio Plan 2”.'],
      ['No channel is set for alerts.', '', expect.stringContaining('post alerts in this channel')],
    ]);
  });

  it('is all well, as of now, where nothing needs anybody', async () => {
    const well = await allWell();
    const answer = await board(well);
    expect(answer.lead).toBe('All is well, as of 23 Nov 10:30.');
    expect(answer.blocks).toEqual([]);
    expect(answer.completeUntil).toContain('State read 23 Nov 10:20');
    await well.close();
  });

  it('says of an empty database what is missing, and never that all is well', async () => {
    const empty = await anEmptyStore();
    expect((await board(empty)).lead).toBe('2 things need attention; no incident is open.');
    expect(await whats(empty)).toContain('The tenant has not been read yet: say “scan now”.');
    await empty.close();
  });

  it('tells auditing that is off, and how to ask for the steps', async () => {
    await store.audit.setProblem('activity', { code: 'auditing-off', message: 'Off.', at: 0 });
    expect(rowsOf((await board()).blocks)).toContainEqual([
      expect.stringContaining('Auditing is switched off'),
      '',
      'Say “how do I turn on auditing”.',
    ]);
  });

  it('tells removals that are blocked apart from errors, after them', async () => {
    const stuck = anAssignment({
      skuId: E3,
      path: GROUP,
      state: 'ActiveWithError',
      error: 'DependencyViolation',
    });
    await scanned(store, [{ ...ADELE, assignments: [...ADELE.assignments.slice(2), stuck] }], at('23T10:25'));
    expect((await whats()).slice(0, 2)).toEqual([
      'Visio Plan 2: 1 assignment in error, no seat was left (CountViolation)',
      'Microsoft 365 E3: 1 removal is blocked',
    ]);
  });

  it('tells reads that are too old', async () => {
    const old = await anEmptyStore();
    await scanned(old, [], at('20T10:20'));
    expect((await whats(old)).join()).toMatch(/Last complete scan .+ ago, more than/);
    await old.close();
  });

  it('names nobody and counts nobody beyond what the asker may see', async () => {
    await openIncident();
    const { answer } = await ask(store, 'what needs my attention', 'UTC', new Set(['bo']));
    expect(JSON.stringify(answer)).not.toMatch(/rick/i);
    expect(JSON.stringify(answer)).not.toContain('in error');
    expect(rowsOf(answer.blocks)).toContainEqual([
      'Visio Plan 2: 1 more user than seats (1 bought)',
      '',
      expect.any(String),
    ]);
  });

  it.each([
    'open incidents',
    'any alerts?',
    'offene Vorfälle',
    'openstaande incidenten',
    'incidents ouverts',
  ])('“%s” asks for the list alone', async (text) => {
    await openIncident();
    expect((await board(store, text)).request).toMatchObject({ kind: 'show-incident' });
  });
});

describe('a product that is nearly out of seats', () => {
  it.each([
    [10, 9, 'only 1 of 10 seats free'],
    [200, 191, 'only 9 of 200 seats free'],
    [200, 180, null],
    [3, 2, null],
    [10, 0, null],
  ])('%d bought, %d used: %s', async (enabled, consumed, said) => {
    await scanned(store, [], at('23T10:25'), [], {
      ...TENANT,
      skus: [aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled, consumed })],
      subscriptions: [],
    });
    const found = (await whats()).filter((what) => what?.startsWith('Visio'));
    expect(found).toEqual(said === null ? [] : [`Visio Plan 2: ${said}`]);
  });
});

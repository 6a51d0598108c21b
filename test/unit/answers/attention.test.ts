import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { LEFT_OUT_NOTES, type Store } from '../../../src/domain/ports.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import { aSecurityIncident } from '../../builders/security/security-incident.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import {
  ADELE,
  ask,
  askWithCertificate,
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

  it('is about a product, a person or a group that was named, and nothing else', async () => {
    const about = async (text: string) => rowsOf((await board(store, text)).blocks).map(([what]) => what);
    expect(await about('what needs attention about Visio')).toEqual([
      'Visio Plan 2: 1 assignment in error, no seat was left (CountViolation)',
      'Visio Plan 2: 1 more user than seats (1 bought)',
      'Visio Plan 2: the trial ends',
    ]);
    expect(await about('what needs attention about Adele')).toEqual([
      'Visio Plan 2: 1 assignment in error, no seat was left (CountViolation)',
    ]);
    expect((await board(store, 'what needs attention about E3')).lead).toBe(
      'No open incident about Microsoft 365 E3.',
    );
  });

  it('says what the last read left out, and not that all is well', async () => {
    const well = await allWell();
    await well.jobs.started(LEFT_OUT_NOTES.subscriptions, at('23T10:20'));
    await well.jobs.finished(
      LEFT_OUT_NOTES.subscriptions,
      at('23T10:20'),
      true,
      '2 subscriptions could not be read.',
    );
    expect(await whats(well)).toEqual([
      'The last read left something out: 2 subscriptions could not be read.',
    ]);
    await well.close();
  });

  it('tells since when Microsoft’s dates of licenses cannot be read, and of a read that is late', async () => {
    const well = await allWell();
    await well.licenseDates.begin(at('21T01:50'));
    await well.licenseDates.finish(at('21T02:00'));
    expect(await whats(well)).toEqual([
      'Microsoft’s dates of licenses are read once a day, and were not since 21 Nov 02:00.',
    ]);
    await well.licenseDates.setProblem({
      code: 'refused',
      message: 'Microsoft refused it.',
      at: at('22T02:00'),
    });
    expect(await whats(well)).toEqual([
      'Microsoft’s dates of licenses cannot be read since 22 Nov 02:00: Microsoft refused it. They were last read 21 Nov 02:00.',
    ]);
    const { answer } = await ask(well, 'status');
    expect(JSON.stringify(answer.blocks)).toContain('cannot be read since 22 Nov 02:00');
    expect(JSON.stringify(answer.blocks)).toContain(
      '{"label":"Dates of licenses","value":"read 21 Nov 02:00',
    );
    await well.licenseDates.begin(at('23T09:00'));
    await well.licenseDates.finish(at('23T09:10'));
    expect((await board(well)).lead).toBe('All is well, as of 23 Nov 10:30.');
    await well.close();
  });

  it.each([
    ['ends', at('28T00:00'), 'The certificate that reads the tenant ends', '28 Nov 00:00'],
    ['has ended', at('22T00:00'), 'The certificate that reads the tenant has ended', '22 Nov 00:00'],
  ])('tells a certificate that %s', async (_name, endsAt, what, when) => {
    const { answer } = await askWithCertificate(store, 'what needs my attention', endsAt);
    const row = rowsOf(answer.blocks).find(([first]) => first?.startsWith('The certificate'));
    expect(row).toEqual([what, when, expect.stringContaining('AAD_APP_CERTIFICATE_PATH')]);
  });

  it('tells no certificate that ends much later, and none where there is none', async () => {
    for (const endsAt of [at('23T10:30') + 60 * DAY_MS, null]) {
      const { answer } = await askWithCertificate(store, 'what needs my attention', endsAt);
      expect(JSON.stringify(answer)).not.toContain('certificate');
    }
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

describe('an open alert of detections', () => {
  const raise = (...incidents: Parameters<typeof aSecurityIncident>[0][]) =>
    store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      security: { incidents: incidents.map(aSecurityIncident), told: [], toldAt: at('23T10:00') },
    });

  it('is a line with its next step, the gravest first, low ones too', async () => {
    await raise(
      { id: 'low', identity: 'low', level: 'low' },
      { id: 'high', identity: 'high' },
      { id: 'closed', identity: 'closed', status: 'closed' },
      { id: 'stored', identity: 'stored', level: 'informational' },
    );
    const { answer } = await ask(store, 'what needs my attention');
    const lines = rowsOf(answer.blocks).filter(([what]) => what?.includes('forwards mail'));
    expect(lines).toEqual([
      [
        expect.stringMatching(/keeps no copy \(high\)$/),
        expect.stringMatching(/^since /),
        'Decide on its card.',
      ],
      [expect.stringMatching(/ \(low\)$/), expect.anything(), 'Look whether it was meant.'],
    ]);
  });

  it('is there for nobody who may not see all the people in it', async () => {
    await raise({ userIds: ['somebody-else'] });
    const { answer } = await ask(store, 'what needs my attention', 'UTC', new Set([ADELE.id]));
    expect(JSON.stringify(answer)).not.toContain('forwards mail');
  });
});

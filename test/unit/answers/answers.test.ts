import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../../src/answers/answer/answer.ts';
import { plannedWindow } from '../../../src/domain/audit/coverage-window.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { INTENTS } from '../../../src/language/query.ts';
import { anAuditEvent } from '../../builders/audit-event.ts';
import { anIncident } from '../../builders/incident.ts';
import { aScanRecord } from '../../builders/scan-record.ts';
import {
  ADELE,
  anEmptyStore,
  ask,
  at,
  aWatchedTenant,
  PEOPLE,
  RICK,
  rickLost,
  STANDARD,
  scanned,
} from './a-watched-tenant.ts';
import { ONE_OF_EACH } from './one-of-each.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

/** Of what was there at the first read nobody knows since when. */
const FROM_THE_FIRST = 'before 20 Nov 08:00';

const answerTo = async (text: string) => (await ask(store, text)).answer;
const rows = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
const openIncident = (over: Parameters<typeof anIncident>[0] = {}) =>
  store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick'], skuIds: [STANDARD], ...over })],
    verdicts: [],
    settled: [],
    outbox: [],
  });

describe('the licenses of a person', () => {
  it('are told path by path with their errors', async () => {
    const answer = await answerTo('licenses of Adele');
    expect(answer.lead).toBe('Adele Vance has Microsoft 365 E3.');
    expect(rows(answer.blocks)).toEqual([
      ['Microsoft 365 E3', 'directly', 'Active', 'none', FROM_THE_FIRST],
      ['Microsoft 365 E3', 'through LIC-M365-E3', 'Active', 'none', FROM_THE_FIRST],
      ['Visio Plan 2', 'through LIC-M365-E3', 'Error: no seat was left (CountViolation)', 'none', ''],
    ]);
  });

  it('are told with the names of the plans that are switched off', async () => {
    await scanned(store, PEOPLE, at('23T10:25'));
    expect(rows((await answerTo('licenses of Rick')).blocks)[0]?.[3]).toBe('Microsoft Teams');
  });

  it('answer a question about one product with yes or no', async () => {
    expect((await answerTo('does Adele have E3')).lead).toBe('Yes, Adele Vance has Microsoft 365 E3.');
    expect((await answerTo('does Rick have Visio')).lead).toMatch(
      /^No, Rick van Oosterhout does not have Visio/,
    );
  });

  it('of somebody who left are told as the last that was known', async () => {
    await scanned(
      store,
      PEOPLE.filter((user) => user !== ADELE),
      at('23T10:25'),
    );
    expect((await answerTo('licenses of Adele')).lead).toContain(
      'had, when the account was deleted, Microsoft 365 E3',
    );
  });
});

describe('lists', () => {
  it('who lost a license, and whether they still lack it', async () => {
    const answer = await answerTo('who lost a license');
    expect(answer.lead).toBe('1 user lost a license in the last 7 days.');
    expect(rows(answer.blocks)[0]).toEqual([
      'Rick van Oosterhout',
      'Microsoft 365 Business Standard',
      '23 Nov 10:20',
      'Cause not known yet',
      'not restored',
    ]);
    expect((await answerTo('who lost E3 today')).lead).toContain('Nobody lost a license of Microsoft 365 E3');
  });

  it('seats, those that are short first', async () => {
    const { lead, blocks } = await answerTo('free seats');
    expect(lead).toBe('3 products, 1 with more users than seats, 1 without a free seat.');
    expect(rows(blocks).map((row) => row.slice(1))).toEqual([
      ['1', '2', 'none, 1 over', 'active'],
      ['5', '5', '0', 'active'],
      ['10', '8', '2', 'active'],
    ]);
    expect((await answerTo('how many E3 seats are left')).lead).toBe(
      'Microsoft 365 E3 has 2 free seats: 8 of 10 used.',
    );
    expect((await answerTo('how many Visio seats are left')).lead).toContain('1 more user than seats');
  });

  it('who has a product', async () => {
    const answer = await answerTo('who has E3');
    expect(answer.lead).toBe('1 user has Microsoft 365 E3.');
    expect(rows(answer.blocks)).toEqual([
      ['Adele Vance', 'adele.vance@fabrikam.example', 'Microsoft 365 E3', 'directly and through LIC-M365-E3'],
    ]);
  });

  it('assignments in error, also of one group', async () => {
    expect(rows((await answerTo('who is stuck in error in LIC-M365-E3')).blocks)).toHaveLength(1);
  });

  it('products by two paths, guests, subscriptions that end', async () => {
    expect(rows((await answerTo('who has the same license twice')).blocks)).toEqual([
      ['Adele Vance', 'Microsoft 365 E3', 'directly and through LIC-M365-E3'],
    ]);
    expect(rows((await answerTo('guests with a license')).blocks)[0]?.[0]).toBe('Bo Guest');
    expect(rows((await answerTo('what expires in the next 30 days')).blocks)[0]?.[3]).toBe('5 Dec 00:00');
    expect((await answerTo('what expires in the next 5 days')).lead).toContain('No subscription');
  });

  it('what somebody did and what was done to somebody', async () => {
    const event = anAuditEvent({
      at: at('22T10:00'),
      targets: [{ kind: 'user', id: 'rick', name: 'rick@x' }],
    });
    await store.audit.append([{ event, raw: '{}' }], at('22T10:05'));
    expect((await answerTo('what did Ines Duarte do yesterday')).blocks[0]).toMatchObject({
      entries: [{ what: 'Change user license on rick@x' }],
    });
    expect((await answerTo('show audit events on Rick since Friday')).blocks[0]).toMatchObject({
      entries: [{ what: 'Change user license by ines.duarte@fabrikam.example' }],
    });
  });

  it('what somebody did whom the record names by UPN only', async () => {
    const [ines] = await store.users.byIds(['ines']);
    const actor = {
      kind: 'user' as const,
      id: null,
      name: ines?.state.userPrincipalName.toUpperCase() ?? '',
    };
    const event = anAuditEvent({ at: at('22T10:00'), operation: 'Set-Mailbox', actor });
    await store.audit.append([{ event, raw: '{}' }], at('22T10:05'));
    expect((await answerTo('what did Ines Duarte do yesterday')).lead).toContain('1 audit record');
  });
});

describe('incidents', () => {
  it('a single open one is shown as its card', async () => {
    await openIncident();
    const answer = await answerTo('open incidents');
    expect(answer.lead).toBe('1 open incident.');
    expect(answer.request).toMatchObject({ kind: 'show-incident', incident: { incidentId: 'incident-1' } });
  });

  it('“give it back” shows the card and writes nothing', async () => {
    await openIncident();
    const answer = await answerTo('give Rick his license back');
    expect(answer.request).toMatchObject({ kind: 'show-incident', incident: { incidentId: 'incident-1' } });
    expect(await store.decisions.recent(10)).toEqual([]);
  });

  it('“give it back” shows the card of what was approved, whose Reassign works', async () => {
    await openIncident({ status: 'approved', changeIds: ['change-1'] });
    const answer = await answerTo('give Rick his license back');
    expect(answer.lead).toContain('was approved');
    expect(answer.request).toMatchObject({ incident: { incidentId: 'incident-1', status: 'approved' } });
  });

  it.each(['approved', 'restored'] as const)(
    '“give it back” says since when it is there again, of what was %s',
    async (status) => {
      await openIncident({ status, changeIds: ['change-1'] });
      const gained = rickLost({
        id: 'change-2',
        kind: 'gained',
        before: [],
        after: RICK.assignments,
        observedBefore: at('23T10:20'),
        observedAfter: at('23T10:25'),
      });
      await scanned(store, PEOPLE, at('23T10:25'), [gained]);
      expect(await answerTo('give Rick his license back')).toMatchObject({
        request: null,
        lead: 'Rick van Oosterhout has Microsoft 365 Business Standard again since 23 Nov 10:25: there is nothing to give back.',
      });
    },
  );

  it('“give it back” without an incident says so', async () => {
    expect(await answerTo('give Adele her license back')).toMatchObject({
      request: null,
      lead: 'There is no open incident of Adele Vance to give a license back for.',
    });
  });

  it('several are asked about when nobody is named', async () => {
    await openIncident({ changeIds: [] });
    await openIncident({ id: 'incident-2', fingerprint: 'other', changeIds: [], userIds: ['adele'] });
    expect((await answerTo('restore the licenses')).blocks).toMatchObject([
      { kind: 'choices', choices: [{}, {}] },
    ]);
  });
});

describe('status', () => {
  it('is all well with a channel, complete reads and nothing waiting', async () => {
    await aChannel();
    const answer = await answerTo('status');
    expect(answer.lead).toBe('Everything works.');
    expect(answer.blocks).toMatchObject([
      {
        facts: expect.arrayContaining([
          { label: 'Last scan', value: '23 Nov 10:20, full, complete: 6 users read, 0 changes' },
          { label: 'Watched', value: '6 users, 2 with a license' },
          { label: 'Alerts go to', value: 'License alerts' },
        ]),
      },
    ]);
  });

  it('notes odd rows that the last read left out, and says that all is well', async () => {
    await aChannel();
    await store.jobs.started('left-out-subscriptions', at('23T10:20'));
    await store.jobs.finished('left-out-subscriptions', at('23T10:20'), false, 'The subscription S1 is odd.');
    const answer = await answerTo('status');
    expect(answer.lead).toBe('Everything works.');
    expect(JSON.stringify(answer.blocks)).toContain('The subscription S1 is odd.');
  });

  it('tells incomplete reads in a row with the reason, and what to do', async () => {
    await aChannel();
    for (const id of ['bad-1', 'bad-2']) {
      const session = await store.scans.begin(id);
      await session.abandon(
        aScanRecord({
          id,
          startedAt: at('23T10:25'),
          finishedAt: at('23T10:26'),
          outcome: 'incomplete',
          reasonCode: 'forbidden',
          reason: 'Grant User.Read.All.',
        }),
      );
    }
    const answer = await answerTo('status');
    expect(answer.lead).toBe('1 thing to look at.');
    expect(answer.blocks[0]).toEqual({
      kind: 'text',
      text: 'The last 2 reads were incomplete: Grant User.Read.All.',
    });
    expect(answer.completeUntil).toContain('State read 23 Nov 10:20');
  });

  it('tells a channel that cannot be reached or is not set', async () => {
    expect((await answerTo('status')).blocks[0]).toMatchObject({
      text: expect.stringContaining('No channel is set'),
    });
    await aChannel();
    await store.conversations.setUnreachable('a', 'The bot was removed.');
    expect((await answerTo('status')).blocks[0]).toEqual({
      kind: 'text',
      text: 'License alerts cannot be reached: The bot was removed.',
    });
  });

  const aChannel = () =>
    store.conversations.upsert({
      key: 'a',
      kind: 'channel',
      name: 'License alerts',
      tenantId: null,
      teamId: 'team',
      reference: '{}',
      updatedAt: 0,
    });
});

describe('coverage', () => {
  it('says until when each log is complete', async () => {
    const answer = await answerTo('are the audit logs complete?');
    expect(answer.lead).toContain('complete to 23 Nov 09:40');
    expect(rows(answer.blocks)).toEqual(
      expect.arrayContaining([
        ['Entra audit log', '23 Nov 10:25', 'none'],
        ['unified audit log', '23 Nov 09:40', 'none'],
      ]),
    );
  });

  it('names what is read, what failed and is tried again, and what is missing permanently', async () => {
    const feed = { source: 'activity', contentType: 'Audit.Exchange' } as const;
    const window = (from: string, to: string) => plannedWindow(at(from), at(to), 0);
    const failed = { status: 'failed', attempts: 3, reason: 'A blob is not valid JSON.' } as const;
    await store.audit.saveWindows(
      feed,
      [
        { ...window('23T07:00', '23T08:00'), ...failed, dueAt: null },
        { ...window('23T08:00', '23T09:00'), ...failed },
        window('23T09:00', '23T10:00'),
      ],
      { source: 'activity', completeTo: at('23T09:40'), completeFrom: at('23T08:00') },
    );
    const { blocks } = await answerTo('are the audit logs complete?');
    const said = JSON.stringify(blocks);
    expect(said).toContain('["unified audit log, Audit.Exchange","23 Nov 07:00","0","1","2"]');
    expect(said).toContain(
      'Unified audit log, Audit.Exchange between 23 Nov 08:00 and 09:00 could not be read, tried 3 times: A blob is not valid JSON.',
    );
    expect(said).toContain('between 23 Nov 07:00 and 08:00 is missing permanently.');
    expect(said).toContain('The unified audit log is known without a gap since 23 Nov 08:00;');
    expect(JSON.stringify((await answerTo('status')).blocks)).toContain('tried 3 times');
  });

  it('counts in status the records that came in bad form, and what was removed', async () => {
    const event = anAuditEvent({ at: at('20T08:00') });
    await store.audit.append([{ event, raw: '{}', flaw: 'no date' }], 0);
    expect(JSON.stringify((await answerTo('status')).blocks)).toContain('1 record: no date');
    await store.audit.purge(at('21T00:00'), at('23T03:30'));
    expect(JSON.stringify((await answerTo('status')).blocks)).toContain(
      '1 record of before 21 Nov 00:00, on 23 Nov 03:30',
    );
  });

  it('says first that auditing is off', async () => {
    await store.audit.setProblem('activity', { code: 'auditing-off', message: 'Off.', at: 0 });
    expect((await answerTo('is auditing turned on')).lead).toMatch(/^No: auditing is switched off/);
  });
});

describe('requests and small things', () => {
  it.each([
    ['scan now', { kind: 'scan' }],
    ['post alerts in this channel', { kind: 'set-channel' }],
    ['thanks!', null],
    ['help', null],
    ['what’s the weather like', null],
    ['remove Visio from Bo', expect.objectContaining({ kind: 'change-licenses' })],
  ])('%s', async (text, request) => {
    expect((await answerTo(text)).request).toEqual(request);
  });
});

describe('each intent answers', () => {
  it.each(ONE_OF_EACH)('on an empty store: %s', async (text) => {
    const empty = await anEmptyStore();
    const { answer } = await ask(empty, text);
    expect(answer.lead).toMatch(/[.?]$/);
    await empty.close();
  });

  it('on a small one, and no intent is forgotten', async () => {
    const intents = new Set<string>();
    for (const text of ONE_OF_EACH) {
      const { query, answer } = await ask(store, text);
      expect(answer.intent).toBe(query.intent);
      expect(answer.lead).toMatch(/[.?]$/);
      intents.add(query.intent);
    }
    expect([...intents].sort()).toEqual([...INTENTS].sort());
  });
});

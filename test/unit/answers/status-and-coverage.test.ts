import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plannedWindow } from '../../../src/domain/audit/coverage-window.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aScanRecord } from '../../builders/jobs/scan-record.ts';
import { ask, at, aWatchedTenant } from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;

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
    expect(rowsOf(answer.blocks)).toEqual(
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

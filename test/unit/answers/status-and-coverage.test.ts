import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generalPolicy } from '../../../src/domain/archive/retention.ts';
import { afterAnswer } from '../../../src/domain/audit/auditing.ts';
import { plannedWindow } from '../../../src/domain/audit/coverage-window.ts';
import type { TenantState } from '../../../src/domain/license/sku.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aScanRecord } from '../../builders/jobs/scan-record.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { aQuery } from '../../builders/query.ts';
import { aRuleMatch, aSecurityIncident } from '../../builders/security/security-incident.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { ask, askQuery, at, aWatchedTenant, E3, scanned, TENANT } from './a-watched-tenant.ts';
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

  it('tells how many security alerts are open, and that their detections are up to date', async () => {
    await aChannel();
    await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      security: {
        incidents: [
          aSecurityIncident({ id: 'a', identity: 'a' }),
          aSecurityIncident({ id: 'b', identity: 'b', snoozedUntil: at('24T10:00') }),
          aSecurityIncident({ id: 'c', identity: 'c', level: 'informational' }),
        ],
      },
    });
    const answer = await answerTo('status');
    expect(answer.lead).toBe('Everything works.');
    expect(answer.blocks).toMatchObject([
      {
        facts: expect.arrayContaining([
          { label: 'Security alerts', value: '2 open (1 snoozed)' },
          { label: 'Detections', value: 'up to date' },
        ]),
      },
    ]);
  });

  it('tells since when the detections are behind, once it is more than a moment', async () => {
    await aChannel();
    const matches = {
      matchesOf: () => [aRuleMatch({ recordId: 'late-1' })],
    };
    await store.audit.append([anArchivedEvent({ id: 'late-1' })], at('23T10:25'), [], matches);
    const waits = '1 match to look at, the oldest since 23 Nov 10:25';
    expect(await answerTo('status')).toMatchObject({ lead: 'Everything works.' });
    expect(JSON.stringify(await answerTo('status'))).toContain(waits);
    const earlier = { matchesOf: () => [aRuleMatch({ recordId: 'late-2' })] };
    await store.audit.append([anArchivedEvent({ id: 'late-2' })], at('23T10:00'), [], earlier);
    const text = JSON.stringify(await answerTo('status'));
    expect(text).toContain('Security alerts are behind: 2 matches of detections wait since 23 Nov 10:00.');
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
      text: 'The last 2 reads were incomplete: Grant User.Read.All. Put that right, then say “scan now”.',
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
      text: 'License alerts cannot be reached: The bot was removed. Say “post alerts in this channel” in one that can be.',
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
    await store.audit.purge([generalPolicy(2)], at('23T03:30'));
    expect(JSON.stringify((await answerTo('status')).blocks)).toContain(
      '1 record of before 21 Nov 03:30, on 23 Nov 03:30',
    );
  });

  it('says first that auditing is off', async () => {
    await store.audit.setProblem('activity', { code: 'auditing-off', message: 'Off.', at: 0 });
    expect((await answerTo('is auditing turned on')).lead).toMatch(/^No: auditing is switched off/);
  });

  it('says yes first, since when, and offers the steps', async () => {
    const answer = await answerTo('is auditing on?');
    expect(answer.lead).toBe('Yes: auditing is on, known since 20 Nov 08:00. Last asked 23 Nov 10:20.');
    expect(answer.blocks.filter(({ kind }) => kind === 'text')).toEqual([]);
    expect(answer.next).toContain('how do I turn on auditing');
  });

  it('says no first, since when, and how it is turned on in three steps with the command', async () => {
    await store.audit.changeAuditing((before) => ({
      auditing: afterAnswer(before, { state: 'off', at: at('23T10:25'), detail: 'Off.' }),
      news: [],
    }));
    const answer = await answerTo('is auditing on?');
    expect(answer.lead).toMatch(/^No: auditing is switched off since 23 Nov 10:25\./);
    const steps = answer.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    expect(steps).toHaveLength(3);
    expect(steps.join(' ')).toContain('Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true');
  });

  it('says unknown, and why, while nothing tells', async () => {
    const empty = await anEmptyStore();
    const { answer } = await ask(empty, 'is auditing on?');
    expect(answer.lead).toBe(
      'Unknown: nothing tells whether auditing is on. Microsoft has not been asked yet.',
    );
    await empty.close();
  });

  it('gives the steps where somebody asks how, and says that it is on', async () => {
    const asked = aQuery({ intent: 'coverage', auditing: 'how-to' });
    const { answer } = await askQuery(store, asked);
    expect(answer.lead).toMatch(/^Yes: auditing is on/);
    expect(JSON.stringify(answer.blocks)).toContain('Set-AdminAuditLogConfig');
  });
});

describe('how long logs are kept', () => {
  const P1 = '41781fb2-bc02-4b7c-bd55-b576c07bb09d';
  const AUDIT_PREMIUM = '2f442157-a11c-46b9-ae5b-6e39ff4e5849';
  const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
  const bought = (skus: TenantState['skus']) => scanned(store, [], at('23T10:25'), [], { ...TENANT, skus });

  it('is 7 and 180 days without Entra ID P1 and Audit (Premium)', async () => {
    const answer = await answerTo('how long does Microsoft keep the audit log');
    expect(answer.lead).toBe(
      'Microsoft keeps the Entra audit log 7 days here, and the unified audit log 180 days.',
    );
  });

  it('is 30 days, and a year for some, with what the tenant has bought, which it names', async () => {
    await bought([
      aSkuState({ skuId: E3, partNumber: 'SPE_E3', planIds: [P1] }),
      aSkuState({ skuId: E5, partNumber: 'SPE_E5', planIds: [P1, AUDIT_PREMIUM] }),
    ]);
    const answer = await answerTo('how long does Microsoft keep the audit log');
    expect(answer.lead).toBe(
      'Microsoft keeps the Entra audit log 30 days here, and the unified audit log 180 days; a year for people with Microsoft 365 E5.',
    );
    expect(rowsOf(answer.blocks)).toHaveLength(4);
    expect(rowsOf(answer.blocks)[0]?.[2]).toBe(
      '30 days: the tenant has Microsoft 365 E3 and Microsoft 365 E5',
    );
  });

  it('counts no product whose seats are all suspended', async () => {
    await bought([aSkuState({ skuId: E5, planIds: [P1, AUDIT_PREMIUM], enabled: 0, suspended: 10 })]);
    expect((await answerTo('how long does Microsoft keep the audit log')).lead).toContain('7 days here');
  });

  it('says that it depends while the tenant has not been read', async () => {
    const empty = await anEmptyStore();
    const { answer } = await ask(empty, 'how long does Microsoft keep the audit log');
    expect(answer.lead).toContain('7 or 30 days');
    await empty.close();
  });
});

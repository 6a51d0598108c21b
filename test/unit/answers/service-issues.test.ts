import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceIssue } from '../../../src/domain/audit/event.ts';
import { SERVICE_HEALTH_READ, type Store } from '../../../src/domain/ports.ts';
import { aQuery } from '../../builders/query.ts';
import { ask, askQuery, at, aWatchedTenant } from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const anIssue = (over: Partial<ServiceIssue> = {}): ServiceIssue => ({
  id: 'EX213912',
  title: 'Some users cannot send mail',
  service: 'Exchange Online',
  feature: 'E-Mail and calendar access',
  classification: 'incident',
  status: 'serviceDegradation',
  startAt: at('23T08:00'),
  endAt: null,
  isResolved: false,
  impact: '',
  ...over,
});

async function read(issues: readonly ServiceIssue[], time = at('23T10:25')): Promise<void> {
  await store.audit.saveServiceIssues(issues);
  await store.jobs.started(SERVICE_HEALTH_READ, time);
  await store.jobs.finished(SERVICE_HEALTH_READ, time, true, null);
}

const asks = async (healthOf: string[] = [], range: { from: number; to: number } | null = null) =>
  (
    await askQuery(
      store,
      aQuery({ intent: 'service-issues', range, ...(healthOf.length > 0 ? { healthOf } : {}) }),
    )
  ).answer;

describe('is Exchange down', () => {
  it('says yes first, with id, since when, Microsoft’s title and the page', async () => {
    await read([anIssue()]);
    const answer = await asks(['Exchange Online']);
    expect(answer.lead).toBe(
      'Yes: Microsoft reports 1 open incident of Exchange Online (EX213912), since 23 Nov 08:00.',
    );
    expect(rowsOf(answer.blocks)).toEqual([
      ['EX213912: Some users cannot send mail', 'Exchange Online, incident', '23 Nov 08:00'],
    ]);
    expect(answer.links?.[0]?.url).toBe(
      'https://admin.microsoft.com/Adminportal/Home#/servicehealth/:/alerts/EX213912',
    );
    expect(answer.completeUntil).toBe('Service health read 23 Nov 10:25.');
  });

  it('keeps to the time that is asked about', async () => {
    await read([
      anIssue({ endAt: at('23T09:00') }),
      anIssue({ id: 'EX1', startAt: at('17T08:00'), endAt: at('17T09:00') }),
    ]);
    const { answer } = await ask(store, 'service incidents at Microsoft last week');
    expect(answer.lead).toContain('(EX1)');
    expect(JSON.stringify(answer.blocks)).not.toContain('EX213912');
    expect((await ask(store, 'open incidents at Microsoft')).answer.lead).toMatch(/^No: /);
  });

  it.each([
    ['another service', anIssue({ service: 'Microsoft Teams', feature: 'Calls', title: 'No calls' })],
    ['one that has ended', anIssue({ endAt: at('23T09:00') })],
    ['one that is resolved', anIssue({ isResolved: true })],
    ['one that Microsoft took back', anIssue({ status: 'falsePositive' })],
    ['one whose service is restored', anIssue({ status: 'serviceRestored' })],
  ])('says no first of %s', async (_what, issue) => {
    await read([issue]);
    expect((await asks(['Exchange Online'])).lead).toBe(
      'No: Microsoft reports no open incident of Exchange Online, as of 23 Nov 10:25.',
    );
  });

  it('does not call an advisory an incident', async () => {
    await read([anIssue({ classification: 'advisory' })]);
    expect((await asks(['Exchange Online'])).lead).toContain('but 1 open advisory');
  });

  it('says that it does not know, and which permission is missing', async () => {
    const detail = 'Microsoft refused to read the service health: grant ServiceHealth.Read.All.';
    await store.jobs.started(SERVICE_HEALTH_READ, at('23T10:25'));
    await store.jobs.finished(SERVICE_HEALTH_READ, at('23T10:25'), false, detail);
    const answer = await asks(['Exchange Online']);
    expect(answer.lead).toMatch(/^I do not know: .+ServiceHealth\.Read\.All/);
    expect(answer.links).toHaveLength(1);
  });

  it('says when what is known is old, and why it was not read since', async () => {
    await read([anIssue()], at('23T08:30'));
    await store.jobs.started(SERVICE_HEALTH_READ, at('23T10:25'));
    await store.jobs.finished(SERVICE_HEALTH_READ, at('23T10:25'), false, 'It is down.');
    const said = JSON.stringify((await asks()).blocks);
    expect(said).toContain('The last read failed: It is down.');
    expect(said).toContain('That was read 23 Nov 08:30');
  });

  it('of a time tells what was open then', async () => {
    await read([anIssue({ endAt: at('23T09:00'), isResolved: true })]);
    const answer = await asks([], { from: at('23T00:00'), to: at('24T00:00') });
    expect(rowsOf(answer.blocks)).toEqual([
      [expect.stringContaining('EX213912'), 'Exchange Online, incident, over', '23 Nov 08:00'],
    ]);
  });

  it('makes no address of an id that is none', async () => {
    await read([anIssue({ id: 'EX1/../../x?y' })]);
    expect(JSON.stringify((await asks()).links)).not.toContain('..');
  });
});

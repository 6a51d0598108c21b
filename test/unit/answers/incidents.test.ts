import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aSecurityIncident } from '../../builders/security/security-incident.ts';
import { ask, at, aWatchedTenant, PEOPLE, RICK, rickLost, STANDARD, scanned } from './a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;

const openIncident = (over: Parameters<typeof anIncident>[0] = {}) =>
  store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick'], skuIds: [STANDARD], ...over })],
    verdicts: [],
    settled: [],
    outbox: [],
  });

describe('incidents', () => {
  it('a single open one is shown as its card', async () => {
    await openIncident();
    const answer = await answerTo('open incidents');
    expect(answer.lead).toBe('1 open incident.');
    expect(answer.request).toMatchObject({ kind: 'show-incident', incident: { incidentId: 'incident-1' } });
  });

  it('of security stand beside them, also where no license is concerned, the gravest first', async () => {
    const alert = (over: Parameters<typeof aSecurityIncident>[0]) => aSecurityIncident({ ...over });
    await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      security: {
        incidents: [
          alert({ id: 'a', identity: 'a', level: 'medium' }),
          alert({ id: 'b', identity: 'b', level: 'high', snoozedUntil: at('24T10:00') }),
          alert({ id: 'c', identity: 'c', level: 'informational' }),
        ],
      },
    });
    const none = await answerTo('what security alerts are open');
    expect(none.lead).toBe('No incident is open. 2 security alerts are open.');
    expect(none.blocks).toMatchObject([
      {
        columns: ['Security alert', 'Level', 'Since'],
        rows: [
          [expect.stringContaining('Lee Gu'), 'high; snoozed until 24 Nov 10:00', '23 Nov 09:10'],
          [expect.stringContaining('Lee Gu'), 'medium', '23 Nov 09:10'],
        ],
      },
    ]);
    await openIncident();
    const both = await answerTo('open incidents');
    expect(both.lead).toBe('1 open incident and 2 open security alerts.');
    expect(both.request).toBeNull();
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

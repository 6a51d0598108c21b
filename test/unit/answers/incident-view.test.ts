import { beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { DAY_MS } from '../../../src/domain/durations.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { aVerdict } from '../../builders/audit/verdict.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import {
  ADELE,
  at,
  aWatchedTenant,
  NOW,
  PEOPLE,
  RICK,
  rickLost,
  STANDARD,
  scanned,
} from './a-watched-tenant.ts';

const EVERYBODY = { now: NOW, sees: null };

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  return () => store.close();
});

/** Opens an incident about Rick's loss, for which Adele is on record. */
async function open(over: Partial<Incident> = {}, rest: object = {}): Promise<void> {
  const actor = { kind: 'user', id: ADELE.id, name: ADELE.userPrincipalName } as const;
  const incident = anIncident({
    cause: 'admin-action',
    level: 'proved',
    actor,
    userIds: [RICK.id],
    skuIds: [STANDARD],
    changeIds: ['change-1'],
    ...over,
  });
  const verdict = aVerdict({ level: 'proved', cause: 'admin-action', actor, evidence: ['record-1'] });
  const verdicts = [{ changeId: 'change-1', at: NOW, verdict }];
  expect(
    await store.incidents.commit({ incidents: [incident], verdicts, settled: [], outbox: [], ...rest }),
  ).toBe(true);
}

describe('loading what an incident’s card shows', () => {
  it('finds nothing where there is no such incident', async () => {
    expect(await loadIncidentView(store, 'nobody-knows', EVERYBODY)).toBeNull();
  });

  it('brings together users, cause, logs and the plan', async () => {
    await open();
    expect(await loadIncidentView(store, 'incident-1', EVERYBODY)).toMatchObject({
      title: 'Rick van Oosterhout lost Microsoft 365 Business Standard',
      causeSentence: 'Adele Vance removed the license.',
      certainty: 'Confirmed by the audit log',
      observedBefore: at('23T10:05'),
      observedAfter: at('23T10:20'),
      checked: {
        auditingEnabled: true,
        sources: expect.arrayContaining([{ name: 'Entra audit log', completeTo: at('23T10:25') }]),
      },
      users: [{ userId: RICK.id, had: [{ disabledPlans: ['Microsoft Teams'] }] }],
      ruleOffer: 'Removals by Adele Vance of Microsoft 365 Business Standard, up to 10 users at a time',
    });
  });

  it('shows what was decided, and how far it has come', async () => {
    const step = aRestoreStep({ userIds: [RICK.id] });
    await open({}, { decisions: [aDecision()], steps: [step] });
    const view = await loadIncidentView(store, 'incident-1', EVERYBODY);
    expect(view).toMatchObject({
      restoringCount: 1,
      log: [{ what: 'Megan Bowen reassigned everyone' }],
      can: { reassign: false },
    });
  });

  it('plans with the seats of the last read: none is free', async () => {
    await open();
    const view = await loadIncidentView(store, 'incident-1', EVERYBODY);
    expect(view?.plan).toMatchObject({ ready: 0, blocked: 1 });
    expect(view?.can.reassign).toBe(false);
  });

  it('shows nobody to whom they may not see', async () => {
    await open();
    const view = await loadIncidentView(store, 'incident-1', { now: NOW, sees: new Set([ADELE.id]) });
    expect(view).toMatchObject({ users: [], others: 1, plan: null });
    expect(JSON.stringify(view)).not.toContain('Rick');
  });

  it('knows since when an account is gone, and so whether it can still be brought back', async () => {
    await scanned(store, PEOPLE.slice(1), at('23T10:25'), [
      rickLost({ id: 'change-2', kind: 'account-removed', skuId: null, path: null }),
    ]);
    await open({ kind: 'account-removed', changeIds: ['change-2'], skuIds: [] });
    const lineAt = async (now: number) =>
      (await loadIncidentView(store, 'incident-1', { now, sees: null }))?.plan?.lines[0];
    expect((await lineAt(NOW))?.does[0]).toMatch(/account/);
    expect(await lineAt(NOW + 31 * DAY_MS)).toMatchObject({
      does: [],
      blocked: [{ reason: expect.any(String) }],
    });
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDetections } from '../../../src/app/detections.ts';
import { securityServices } from '../../../src/app/security-services.ts';
import type { SecurityView } from '../../../src/domain/detection/alerts/view.ts';
import type { Detector } from '../../../src/domain/detection/evaluate.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { detect } from '../../../src/jobs/detect/detect.ts';
import { cardBytes, MAX_CARD_BYTES } from '../../../src/teams/cards/render.ts';
import { SECURITY_PARTS, securityCard } from '../../../src/teams/cards/security/card.ts';
import { timesIn } from '../../../src/teams/cards/times.ts';
import { aChannel, aJobWorld } from '../../builders/jobs/job-context.ts';
import {
  anActivityRecord,
  archivedActivity,
  forwarding,
  roleGiven,
} from '../../builders/security/records.ts';
import { problemsOf } from '../../unit/teams/cards/check-card.ts';
import { hostileText } from '../hostile/hostile-texts.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 8);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const times = timesIn('Europe/Amsterdam', 'UTC');
/** The card in the channel, and what a reader and an owner open. */
const SHOWN = [
  [null, null],
  [{ role: 'reader' }, 'details'],
  ...SECURITY_PARTS.map((part) => [{ role: 'owner' }, part] as const),
] as const;

let rules: Detector;
beforeAll(async () => {
  rules = (await loadDetections({ path: null, values: null }, { now: () => 0, log: silent })).detector;
});

/** What an attacker can choose: names of people, apps, rules, teams, addresses, agents, whole JSON texts. */
const texts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: hostileText.map((text) => `${text}@fabrikam.example`) },
    { weight: 1, arbitrary: fc.constant(`<at>everyone</at>${'\u202e'}${'\u0316\u0317'.repeat(400)}`) },
  ),
  { minLength: 8, maxLength: 8 },
);

/** One record of each of some classes, its texts chosen by somebody who means ill. */
function records(at: string, text: readonly string[]) {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''] = text;
  const graph = { Operation: 'Consent to application.', RecordType: 8, ResultStatus: 'Success' };
  return [
    forwarding(at, a, b, 'x@fabrikam.example', { ObjectId: b, ClientIP: d }),
    anActivityRecord({
      CreationTime: at,
      Operation: 'New-InboxRule',
      UserId: `${a}@contoso.example`,
      ClientIP: c,
      ObjectId: d,
      Parameters: [
        { Name: 'Name', Value: e },
        { Name: 'ForwardTo', Value: `${f};x@fabrikam.example` },
        { Name: g, Value: h },
        { Name: 'MoveToFolder', Value: 'RSS Subscriptions' },
        { Name: 'MarkAsRead', Value: 'True' },
      ],
    }),
    roleGiven(at, a, b, {
      Target: [{ ID: c, Type: 5 }],
      Actor: [{ ID: d, Type: 5 }],
      ModifiedProperties: [
        { Name: 'Role.DisplayName', NewValue: e, OldValue: f },
        { Name: 'Role.TemplateId', NewValue: '62e90394-69f5-4237-9190-012177145e10', OldValue: '' },
        { Name: g, NewValue: h, OldValue: a },
      ],
    }),
    anActivityRecord({
      CreationTime: at,
      ...graph,
      Workload: 'AzureActiveDirectory',
      UserId: b,
      Actor: [{ ID: b, Type: 5 }],
      Target: [{ ID: c, Type: 1 }],
      ModifiedProperties: [
        { Name: 'ConsentContext.OnBehalfOfAll', NewValue: 'True', OldValue: '' },
        {
          Name: 'ConsentAction.Permissions',
          NewValue: `[] => [[Id: ${d}, ConsentType: AllPrincipals, Scope:  Mail.ReadWrite ${e}]]; `,
          OldValue: f,
        },
      ],
    }),
    anActivityRecord({
      CreationTime: at,
      Operation: 'TeamDeleted',
      RecordType: 25,
      Workload: 'MicrosoftTeams',
      UserId: g,
      TeamGuid: h,
      TeamName: a,
    }),
    anActivityRecord({
      CreationTime: at,
      Operation: 'Set-AdminAuditLogConfig',
      UserId: h,
      ClientIP: g,
      ObjectId: f,
      Parameters: [{ Name: 'UnifiedAuditLogIngestionEnabled', Value: 'False' }],
    }),
  ];
}

describe('a card of an alert', () => {
  it('is sound, bounded and calls nobody, whatever texts a record has', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const world = await aJobWorld();
        try {
          world.context.detector = rules;
          await world.store.conversations.upsert(aChannel());
          const now = world.clock.now();
          const at = new Date(now - 5 * MINUTE_MS).toISOString().slice(0, 19);
          await world.store.audit.append(records(at, text).map(archivedActivity), now, [], rules);
          await detect(world.context);
          world.clock.advance(3 * MINUTE_MS);
          await deliver(world.context, async () => null);
          const services = securityServices(world.context, { wakeUp: () => undefined });
          for (const { message } of world.notifier.posts) {
            if (message.kind !== 'security') continue;
            seen += 1;
            const views: SecurityView[] = [message.view];
            for (const part of ['details', 'around'] as const) {
              const asker = { role: 'owner', sees: null, acts: null } as const;
              const view = await services.securityAlert(message.view.incidentId, asker, part);
              if (view) views.push(view);
            }
            for (const view of views) holdsUp(view, message.key);
          }
        } finally {
          await world.store.close();
        }
      }),
      { numRuns: RUNS, ...(process.env.FUZZ_SEED ? { seed: Number(process.env.FUZZ_SEED) } : {}) },
    );
    // Hostile texts hide no alert: nearly all records of each run are told.
    expect(seen).toBeGreaterThan(3 * RUNS);
  }, 120_000);
});

/** Renders a view for everybody and each part, and fails for what Teams would refuse or read as a mention. */
function holdsUp(view: SecurityView, key: string): void {
  for (const [viewer, open] of SHOWN) {
    const card = securityCard({ view, viewer, times, key: viewer === null ? key : null, open });
    expect(problemsOf(card)).toEqual([]);
    expect(cardBytes(card)).toBeLessThanOrEqual(MAX_CARD_BYTES);
    expect(card.msteams).toBeUndefined();
    for (const shown of markdownOf(card)) expect(shown).not.toMatch(/(?<!\\)<\/?at>/i);
  }
}

/** The texts of a card in which Teams reads Markdown and mentions: those of text blocks and facts. */
function markdownOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(markdownOf);
  if (typeof part !== 'object' || part === null) return [];
  const own: unknown[] =
    'type' in part && part.type === 'TextBlock' && 'text' in part
      ? [part.text]
      : 'facts' in part && Array.isArray(part.facts)
        ? part.facts.flatMap((fact: object) => Object.values(fact))
        : [];
  return [...own.filter((text) => typeof text === 'string'), ...Object.values(part).flatMap(markdownOf)];
}

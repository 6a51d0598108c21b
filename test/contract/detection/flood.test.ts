import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDetections } from '../../../src/app/detections.ts';
import type { Detector } from '../../../src/domain/detection/evaluate.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { decideSecurity } from '../../../src/jobs/decisions/security.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { detect } from '../../../src/jobs/detect/detect.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import {
  type anActivityRecord,
  archivedActivity,
  forwarding,
  roleGiven,
} from '../../builders/security/records.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
let rules: Detector;
let world: JobWorld;

beforeEach(async () => {
  rules ??= (await loadDetections({ path: null, values: null }, { now: () => 0, log: QUIET })).detector;
  world = await aJobWorld();
  world.context.detector = rules;
  await world.store.conversations.upsert(aChannel());
});
afterEach(() => world.store.close());

const at = (minutes: number): string =>
  new Date(world.clock.now() + minutes * MINUTE_MS).toISOString().slice(0, 19);

async function happens(...records: ReturnType<typeof anActivityRecord>[]): Promise<void> {
  await world.store.audit.append(records.map(archivedActivity), world.clock.now(), [], rules);
  await detect(world.context);
  world.clock.advance(3 * MINUTE_MS);
  await deliver(world.context, async () => null);
}

const GRETA = 'greta@contoso.example';

describe('a flood of records', () => {
  it('of ten thousand that one rule matches is one card with a count', async () => {
    await happens(
      ...Array.from({ length: 10_000 }, (_, index) =>
        roleGiven(at(-60 + index / 200), GRETA, `user${index}@contoso.example`),
      ),
    );
    expect(await world.store.security.backlog()).toEqual({ waiting: 0, oldestAt: null });
    expect(world.notifier.posts).toHaveLength(1);
    const open = await world.store.security.open();
    expect(open).toHaveLength(1);
    expect(open[0]).toMatchObject({ flood: true, count: 10_000, recordCount: 10_000 });
    expect(open[0]?.recordIds.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(open[0]).length).toBeLessThan(2_000_000);
  }, 240_000);
});

describe('presses at the same moment', () => {
  const by = { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' };
  const press = async (
    request:
      | { kind: 'expect'; reason: string; ruleUntil: null }
      | { kind: 'snooze'; reason: string; until: number }
      | { kind: 'take-on'; note: string },
  ): Promise<string[]> => {
    await happens(forwarding(at(-5), 'lee@contoso.example', 'lee@contoso.example', 'lee@fabrikam.example'));
    const [alert] = await world.store.security.open();
    const asked = request.kind === 'snooze' ? { ...request, until: world.clock.now() + DAY_MS } : request;
    const all = { ...asked, incidentId: alert?.id ?? '' };
    const done = await Promise.all(
      Array.from({ length: 5 }, () =>
        decideSecurity(world.context, all, by, { role: 'operator', sees: null, acts: null }),
      ),
    );
    return done.map(({ kind }) => kind);
  };

  it.each([
    ['Expected', { kind: 'expect', reason: 'A ticket says so', ruleUntil: null } as const, 'security-expect'],
    ['Snooze', { kind: 'snooze', reason: 'On it', until: 0 } as const, 'security-snooze'],
    ['I’m on it', { kind: 'take-on', note: 'Looking' } as const, 'take-on'],
  ])('of %s decide once', async (_what, request, kind) => {
    const kinds = await press(request);
    expect(kinds).toContain('accepted');
    const decided = await world.store.decisions.recent(10);
    expect(decided.filter((decision) => decision.kind === kind)).toHaveLength(1);
  });
});

describe('what records say', () => {
  const Hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      `x${'A'.repeat(1_000_000)}@fabrikam.example`,
      '"}],"actions":[{"type":"Action.OpenUrl"}]',
      '[click](https://evil.example)',
      '‮gro.elpmaxe',
      '\u0000\ud800',
      '<at>everyone</at>',
      '|'.repeat(5_000),
    ),
  );

  it('never stops the detections, and never makes a card that is too large', async () => {
    await fc.assert(
      fc.asyncProperty(Hostile, Hostile, Hostile, Hostile, async (who, mailbox, to, client) => {
        const before = (await world.store.security.opened({ from: 0, to: Number.MAX_SAFE_INTEGER }, 1_000))
          .length;
        await happens(
          forwarding(at(-5), who, mailbox, `${to}@fabrikam.example`, { ClientInfoString: client }),
          roleGiven(at(-4), who, mailbox),
        );
        expect(await world.store.security.backlog()).toMatchObject({ waiting: 0 });
        const alerts = await world.store.security.opened({ from: 0, to: Number.MAX_SAFE_INTEGER }, 1_000);
        expect(alerts.length).toBeGreaterThanOrEqual(before);
        for (const alert of alerts) {
          expect(alert.words.title.length).toBeLessThan(4_000);
          expect(JSON.stringify(alert).length).toBeLessThan(100_000);
        }
      }),
      { numRuns: 25 },
    );
  }, 240_000);
});

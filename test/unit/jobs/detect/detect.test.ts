import { beforeEach, describe, expect, it } from 'vitest';
import { loadDetections } from '../../../../src/app/detections.ts';
import type { SecurityView } from '../../../../src/domain/detection/alerts/view.ts';
import type { Detector } from '../../../../src/domain/detection/evaluate.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { OutgoingMessage } from '../../../../src/domain/ports.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { closeQuietAlerts } from '../../../../src/jobs/detect/close-quiet.ts';
import { detect } from '../../../../src/jobs/detect/detect.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { archivedActivity, forwarding, roleGiven } from '../../../builders/security/records.ts';
import { aSecurityRule } from '../../../builders/security/security-incident.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
let rules: Detector;
let world: JobWorld;

beforeEach(async () => {
  rules ??= (await loadDetections({ path: null, values: null }, { now: () => 0, log: QUIET })).detector;
  world = await aJobWorld();
  world.context.detector = rules;
  await world.store.conversations.upsert(aChannel());
});

const at = (minutes: number): string =>
  new Date(world.clock.now() + minutes * MINUTE_MS).toISOString().slice(0, 19);

type AnyRecord = ReturnType<typeof forwarding>;

const arrive = (...records: AnyRecord[]): Promise<number> =>
  world.store.audit.append(records.map(archivedActivity), world.clock.now(), [], rules);

/** Records come, are looked at, and all that is due goes out. */
async function happens(...records: AnyRecord[]): Promise<void> {
  await arrive(...records);
  await detect(world.context);
  await tellAll();
}

async function tellAll(): Promise<void> {
  world.clock.advance(3 * MINUTE_MS);
  await deliver(world.context, async () => null);
}

const viewOf = (message: OutgoingMessage | undefined): SecurityView => {
  if (message?.kind !== 'security') throw new Error('no card of an alert was sent');
  return message.view;
};
const cards = (): SecurityView[] => world.notifier.posts.map(({ message }) => viewOf(message));
const lastView = (): SecurityView => viewOf(world.notifier.sent.at(-1)?.message);

describe('a record that a shipped rule matches', () => {
  it('becomes one card that says it in plain words', async () => {
    await happens(
      forwarding(at(-5), 'lee.gu@contoso.example', 'lee.gu@contoso.example', 'lee@fabrikam.example'),
    );
    expect(cards()).toMatchObject([
      {
        title: 'lee.gu@contoso.example forwards mail to lee@fabrikam.example and keeps no copy',
        level: 'high',
        count: 1,
        from: expect.stringContaining('203.0.113.9'),
      },
    ]);
  });

  it('gets the title of its rule where it cannot be put into words, and its card all the same', async () => {
    const { security } = world.store;
    const stored = security.records;
    security.records = async (ids) =>
      (await stored(ids)).map((record) => ({
        ...record,
        event: {
          ...record.event,
          get modified(): never {
            throw new TypeError('nobody foresaw this');
          },
        },
      }));
    await happens(roleGiven(at(-5), 'greta@contoso.example', 'pavel@contoso.example'));
    security.records = stored;
    expect(cards()).toMatchObject([
      {
        title:
          'A role that can do everything was given: greta@contoso.example, pavel@contoso.example and Global Administrator',
        level: 'high',
        facts: [],
      },
    ]);
    expect(world.warnings).toContain('a record could not be put into words');
  });

  it('is told once however often it comes, in whatever collection', async () => {
    const record = roleGiven(at(-5), 'greta@contoso.example', 'pavel@contoso.example');
    await happens(record);
    await happens(record);
    await happens(record, record);
    expect(cards()).toHaveLength(1);
    expect(world.notifier.sent).toHaveLength(1);
  });

  it('waits a moment for what belongs to it, and is edited by what comes later', async () => {
    const one = (minute: number) =>
      forwarding(at(minute), 'lee.gu@contoso.example', 'lee.gu@contoso.example', 'lee@fabrikam.example');
    await arrive(one(-5));
    await detect(world.context);
    await deliver(world.context, async () => null);
    expect(world.notifier.sent).toEqual([]);
    await tellAll();
    expect(cards()).toHaveLength(1);
    const since = lastView().lastAt;
    await happens(one(20), one(30), one(40));
    expect(cards()).toHaveLength(1);
    expect(lastView()).toMatchObject({ count: 4, more: { count: 3, since } });
  });

  it('is history, without a card, where it was old already when it came', async () => {
    await happens(roleGiven(at(-9 * 24 * 60), 'greta@contoso.example', 'pavel@contoso.example'));
    expect(world.notifier.sent).toEqual([]);
    expect(await world.store.security.open()).toEqual([]);
    expect(await world.store.security.backlog()).toMatchObject({ waiting: 0 });
  });

  it('that came late by a week is told: then nobody has looked before', async () => {
    await happens(roleGiven(at(-7 * 24 * 60), 'greta@contoso.example', 'pavel@contoso.example'));
    expect(cards()).toHaveLength(1);
  });
});

describe('an alert', () => {
  const lee = (minute: number, to = 'lee@fabrikam.example') =>
    forwarding(at(minute), 'lee.gu@contoso.example', 'lee.gu@contoso.example', to);

  it('closes by itself after days without anything new; what comes then is a new one', async () => {
    await happens(lee(-5));
    world.clock.advance(2 * DAY_MS);
    expect(await closeQuietAlerts(world.context)).toBe(0);
    world.clock.advance(DAY_MS);
    expect(await closeQuietAlerts(world.context)).toBe(1);
    await tellAll();
    expect(lastView()).toMatchObject({ status: 'closed' });
    expect(cards()).toHaveLength(1);
    await happens(lee(-1));
    expect(cards()).toHaveLength(2);
  });

  it('that a rule of somebody expects is kept, without a card', async () => {
    await happens(lee(-5));
    const [incident] = await world.store.security.open();
    if (!incident) throw new Error('nothing is open');
    const expected = aSecurityRule({
      at: world.clock.now(),
      until: world.clock.now() + DAY_MS,
      match: { rule: incident.rule, labels: incident.labels },
    });
    const closed = { ...incident, status: 'closed' as const, revision: incident.revision + 1 };
    await world.store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      security: { incidents: [closed], rules: [expected] },
    });
    await happens(lee(-1));
    expect(cards()).toHaveLength(1);
    const hidden = await world.store.security.opened({ from: 0, to: world.clock.now() }, 5);
    expect(hidden[0]).toMatchObject({ status: 'approved', hiddenByRuleId: expected.id });
    world.clock.advance(DAY_MS);
    await happens(lee(-1));
    expect(cards()).toHaveLength(2);
  });

  it('of a mass flood is one card with a count', async () => {
    const people = Array.from({ length: 100 }, (_, index) => `user${index}@contoso.example`);
    await happens(
      ...people.map((who, index) => roleGiven(at(-60 + index / 10), 'greta@contoso.example', who)),
    );
    expect(cards()).toHaveLength(1);
    expect(lastView()).toMatchObject({ count: 100, recordCount: 100 });
    expect(lastView().title).toContain('100 times by greta@contoso.example');
  });

  it('of a flood that comes record by record has few cards, and the rest on one of them', async () => {
    for (let index = 0; index < 30; index++) {
      await happens(roleGiven(at(-1), 'greta@contoso.example', `user${index}@contoso.example`));
    }
    expect(cards().length).toBeLessThanOrEqual(4);
    const open = await world.store.security.open();
    expect(open.reduce((sum, { count }) => sum + count, 0)).toBe(30);
  });

  it('is lost by no crash, and told twice by none', async () => {
    const steps: string[] = [];
    world.context.onStep = (step) => void steps.push(step);
    await happens(lee(-5));
    const names = [...new Set(steps)].filter((step) => step.startsWith('detect:'));
    expect(names).toEqual(['detect:found', 'detect:before-commit', 'detect:after-commit']);
    for (const [index, name] of names.entries()) {
      world.context.onStep = (step) => {
        if (step === name) throw new Error('the process died');
      };
      await arrive(lee(-5, `lee${index}@fabrikam.example`));
      await expect(detect(world.context)).rejects.toThrow('died');
      world.context.onStep = () => undefined;
      await detect(world.context);
      await tellAll();
    }
    const open = await world.store.security.open();
    expect(open.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(cards()).toHaveLength(open.length);
  });

  it('tells in its card how long we have watched, where a rule asks what is usual and that is too short', async () => {
    const read = (minute: number) =>
      forwarding(at(minute), 'anna@contoso.example', 'mara@contoso.example', '', {
        Operation: 'MailItemsAccessed',
        RecordType: 50,
        ResultStatus: 'Succeeded',
        LogonType: 2,
        LogonUserSid: 'S-1-5-21-1-2-3-4',
        MailboxOwnerSid: 'S-1-5-21-1-2-3-5',
        MailboxOwnerUPN: 'mara@contoso.example',
        Parameters: undefined,
      });
    await happens(read(-5));
    const [first] = await world.store.security.open();
    expect(first).toMatchObject({ rule: expect.any(String), watchedDays: 0 });
    world.clock.advance(20 * DAY_MS);
    await closeQuietAlerts(world.context);
    await happens(read(-5));
    // Twenty days on it is another first time within the rule's days.
    expect(await world.store.security.open()).toHaveLength(1);
    world.clock.advance(2 * DAY_MS);
    await closeQuietAlerts(world.context);
    await happens(read(-5));
    expect(await world.store.security.open()).toEqual([]);
    expect(world.clock.now()).toBeGreaterThan(HOUR_MS);
  });
});

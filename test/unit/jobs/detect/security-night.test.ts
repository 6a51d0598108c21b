import { beforeAll, describe, expect, it } from 'vitest';
import { loadDetections } from '../../../../src/app/detections.ts';
import type { SecurityView } from '../../../../src/domain/detection/alerts/view.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { closeQuietAlerts } from '../../../../src/jobs/detect/close-quiet.ts';
import { detect } from '../../../../src/jobs/detect/detect.ts';
import { archived } from '../../../../src/microsoft365/audit/archived.ts';
import { normaliseRecord } from '../../../../src/microsoft365/bodies/audit/normalise-record.ts';
import { ATTACK_STEPS, attackStep } from '../../../../src/simulator/security/attack.ts';
import type { Cast, LogLine } from '../../../../src/simulator/security/log-lines.ts';
import { ordinaryDay } from '../../../../src/simulator/security/ordinary-day.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const DAYS = 30;

let ids = 0;
const cast: Cast = {
  tenantId: '8f0c4b0e-5a77-4b7e-9a63-1d8c7b1f2a10',
  domain: 'contoso.com',
  people: Array.from({ length: 30 }, (_, index) => ({
    upn: `person${index}@contoso.com`,
    id: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
    name: `Person ${index}`,
  })),
  admin: 'anna.kowalska@contoso.com',
  newId: () => `10000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
};

let world: JobWorld;
const cards = (): SecurityView[] =>
  world.notifier.posts.flatMap(({ message }) => (message.kind === 'security' ? [message.view] : []));

/** The records come as the collection brings them, in both forms; later copies come too. */
async function arrive(lines: readonly LogLine[]): Promise<void> {
  const now = world.clock.now();
  const events = [...lines, ...lines.filter((_, index) => index % 7 === 0)].map(({ record }) => {
    const taken = normaliseRecord(record, null);
    if (!taken.ok) throw new Error(taken.reason);
    return archived(record, taken.event.source, () => taken, now);
  });
  await world.store.audit.append(events, now, [], world.context.detector);
  await detect(world.context);
  await closeQuietAlerts(world.context);
  world.clock.advance(3 * MINUTE_MS);
  await deliver(world.context, async () => null);
}

beforeAll(async () => {
  world = await aJobWorld();
  const { detector } = await loadDetections({ path: null, values: null }, { now: () => 0, log: QUIET });
  world.context.detector = detector;
  await world.store.conversations.upsert(aChannel());
  for (let day = 1; day <= DAYS; day++) {
    world.clock.advance(DAY_MS - 3 * MINUTE_MS);
    await arrive(ordinaryDay(cast, world.clock.now(), day));
  }
}, 120_000);

describe('a month of ordinary work, and a night in which the tenant is taken', () => {
  it('raises at most two false alerts in the month', () => {
    expect(cards().map(({ title }) => title).length).toBeLessThanOrEqual(2);
  });

  it('tells each of the six steps of the attack, in their order, once', async () => {
    const before = cards().length;
    const told: string[][] = [];
    for (const step of ATTACK_STEPS) {
      world.clock.advance(HOUR_MS / 2);
      const known = cards().length;
      await arrive(attackStep(cast, step, world.clock.now()));
      told.push(
        cards()
          .slice(known)
          .map(({ title }) => title),
      );
    }
    expect(told.map((titles) => titles.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(cards().slice(before)).toMatchObject([
      { title: expect.stringContaining('203.0.113.66'), labels: { address: '203.0.113.66' } },
      { title: expect.stringContaining('person0@contoso.com') },
      { title: expect.stringMatching(/^person0@contoso.com let .* use .*Mail\.ReadWrite/) },
      {
        level: 'high',
        title:
          'person0@contoso.com made an inbox rule that sends mail to collect@mailbox-backup.example and deletes it',
      },
      { level: 'high', title: 'anna.kowalska@contoso.com made person0@contoso.com Global Administrator' },
      { level: 'high', title: 'person0@contoso.com switched auditing off for the whole organization' },
    ]);
  });
});

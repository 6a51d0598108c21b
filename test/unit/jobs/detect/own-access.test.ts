import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDetections } from '../../../../src/app/detections.ts';
import type { OwnAccess } from '../../../../src/domain/access/own-access.ts';
import type { SecurityView } from '../../../../src/domain/detection/alerts/view.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { detect } from '../../../../src/jobs/detect/detect.ts';
import { noteOwnAccess } from '../../../../src/jobs/detect/own-access.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { archivedActivity, permissionTaken } from '../../../builders/security/records.ts';

const CLIENT = '5d1c9a40-6a55-4e35-9d2b-0b1f3f6f7a10';
const PRINCIPAL = 'c0ffee00-0000-4000-8000-000000000001';
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ALL = ['AuditLog.Read.All', 'LicenseAssignment.ReadWrite.All', 'User.Read.All'];
const never = new AbortController().signal;
let world: JobWorld;
let access: OwnAccess;

beforeEach(async () => {
  const { detector } = await loadDetections({ path: null, values: null }, { now: () => 0, log: QUIET });
  world = await aJobWorld({ ownAppIds: [CLIENT] });
  access = { held: ALL, refused: [] };
  Object.assign(world.context, {
    detector,
    ownAccess: { ids: async () => [CLIENT, PRINCIPAL], ask: async () => access },
  });
  await world.store.conversations.upsert(aChannel());
  await look();
});
afterEach(() => world.store.close());

const without = (...lost: string[]): OwnAccess => ({
  held: ALL.filter((name) => !lost.includes(name)),
  refused: lost,
});

/** Half an hour goes by, the tenant is asked, and what is due goes out. */
async function look(): Promise<void> {
  world.clock.advance(30 * MINUTE_MS);
  await noteOwnAccess(world.context, never);
  await tellAll();
}
async function tellAll(): Promise<void> {
  world.clock.advance(3 * MINUTE_MS);
  await deliver(world.context, async () => null);
}
async function happens(record: ReturnType<typeof permissionTaken>): Promise<void> {
  await world.store.audit.append([archivedActivity(record)], world.clock.now(), [], world.context.detector);
  await detect(world.context);
  await tellAll();
}
const at = (): string => new Date(world.clock.now() - MINUTE_MS).toISOString().slice(0, 19);
const taken = (role: string | null, app: object = { appId: CLIENT, name: 'License Watch' }) =>
  permissionTaken(at(), 'greta@contoso.example', app, role);

const views = (): SecurityView[] =>
  world.notifier.posts.flatMap(({ message }) => (message.kind === 'security' ? [message.view] : []));
const last = (): SecurityView | null => {
  const message = world.notifier.sent.at(-1)?.message;
  return message?.kind === 'security' ? message.view : null;
};

describe('a permission that the tenant takes from License Watch', () => {
  it('is one card, at a high level, however often it is looked at', async () => {
    access = without('AuditLog.Read.All');
    for (let hour = 0; hour < 6; hour++) await look();
    expect(views()).toMatchObject([
      {
        title: 'License Watch has lost 1 permission: AuditLog.Read.All',
        level: 'high',
        count: 1,
        facts: [{ name: 'AuditLog.Read.All', before: 'granted', after: 'taken away' }],
      },
    ]);
    expect(world.notifier.sent).toHaveLength(1);
  });

  it('is told once where a record tells it first, with who did it', async () => {
    await happens(taken('AuditLog.Read.All'));
    expect(views()).toMatchObject([
      { title: 'greta@contoso.example took AuditLog.Read.All from License Watch', level: 'high', count: 1 },
    ]);
    access = without('AuditLog.Read.All');
    await look();
    expect(views()).toHaveLength(1);
    expect(last()).toMatchObject({ count: 1, more: null });
  });

  it('gets its name from the record that comes later, on the same card', async () => {
    access = without('AuditLog.Read.All');
    await look();
    await happens(taken('AuditLog.Read.All'));
    expect(views()).toHaveLength(1);
    expect(last()).toMatchObject({
      title: 'greta@contoso.example took AuditLog.Read.All from License Watch',
      count: 1,
    });
  });

  it('joins the card of the one before, as one more time', async () => {
    access = without('AuditLog.Read.All');
    await look();
    access = without('AuditLog.Read.All', 'LicenseAssignment.ReadWrite.All');
    await look();
    expect(views()).toHaveLength(1);
    expect(last()).toMatchObject({
      count: 2,
      others: ['License Watch has lost 1 permission: LicenseAssignment.ReadWrite.All'],
    });
  });

  it('closes its card when all of it is back, and is told again when it goes once more', async () => {
    access = without('AuditLog.Read.All', 'User.Read.All');
    await look();
    access = without('User.Read.All');
    await look();
    expect(last()).toMatchObject({ status: 'open' });
    access = without();
    await look();
    expect(last()).toMatchObject({ status: 'closed' });
    access = without('AuditLog.Read.All');
    await look();
    expect(views()).toHaveLength(2);
  });

  it('is not lost while nobody can say, nor where it was never granted', async () => {
    access = { held: ALL, refused: ['User.ReadWrite.All'] };
    await look();
    access = { held: [], refused: [] };
    await look();
    world.clock.advance(2 * HOUR_MS);
    await look();
    expect(world.notifier.sent).toEqual([]);
  });

  it('is told by a record that names only the service principal, and by one of another app not at all', async () => {
    await happens(taken(null, { appId: 'a0000000-0000-4000-8000-000000000009', name: 'Inventory' }));
    await happens(taken('Mail.Read', { objectId: 'a0000000-0000-4000-8000-000000000009' }));
    expect(world.notifier.sent).toEqual([]);
    expect(await world.store.security.open()).toEqual([]);
    await happens(taken(null, { objectId: PRINCIPAL }));
    expect(views()).toMatchObject([
      { title: 'greta@contoso.example took License Watch’s own access to this tenant away' },
    ]);
  });

  it('is not repeated by a crash between the card and the note of it', async () => {
    access = without('AuditLog.Read.All');
    world.clock.advance(30 * MINUTE_MS);
    world.context.onStep = (step) => {
      if (step === 'own-access:before-note') throw new Error('the machine stops');
    };
    await expect(noteOwnAccess(world.context, never)).rejects.toThrow('stops');
    world.context.onStep = () => undefined;
    await tellAll();
    await look();
    await look();
    expect(views()).toHaveLength(1);
    expect(last()).toMatchObject({ count: 1 });
  });
});

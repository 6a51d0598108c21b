import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import type { SignIn } from '../../../src/domain/spend/sign-in.ts';
import { GraphSignIn, toSignIn } from '../../../src/microsoft365/bodies/sign-in-activity.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { signal } from './a-graph.ts';

async function readAll({ connected }: TenantUnderTest): Promise<{ rows: SignIn[]; pages: number }> {
  const rows: SignIn[] = [];
  let pages = 0;
  for await (const page of connected.reader.signIns(signal)) {
    rows.push(...page);
    pages++;
  }
  return { rows, pages };
}

describe('reading sign-ins', () => {
  let world: TenantUnderTest;
  const start = async (options: Parameters<typeof aConnectedTenant>[0] = {}): Promise<void> => {
    world = await aConnectedTenant(options);
  };
  afterEach(() => world.close());

  it.each([50, 120, 500])('tells of everybody when the service gives pages of at most %i', async (size) => {
    await start({ users: 600, behaviour: { signInActivityPageSize: size } });
    const { rows, pages } = await readAll(world);
    expect(new Set(rows.map(({ userId }) => userId)).size).toBe(600);
    expect(pages).toBe(Math.ceil(600 / size));
  });

  it('keeps to 5 requests in 10 seconds, as Microsoft counts them among the audit reports', async () => {
    await start({ users: 6_000 });
    const before = world.clock.now();
    const { rows, pages } = await readAll(world);
    expect(new Set(rows.map(({ userId }) => userId)).size).toBe(6_000);
    expect(pages).toBe(12);
    expect(world.refusals()).toBe(0);
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(20_000);
  });

  it('shares the limit with the directory audit log', async () => {
    await start({ users: 2_500 });
    const [log] = world.connected.auditReaders;
    const now = world.clock.now();
    const readLog = async (): Promise<void> => {
      for await (const _ of log?.read(
        { from: now - DAY_MS, to: now },
        async () => new Set<string>(),
        signal,
      ) ?? []) {
        // Only that it is read matters.
      }
    };
    await Promise.all([readLog(), readAll(world), readLog()]);
    expect(world.refusals()).toBe(0);
  });

  it('tells who never signed in, and since when the account is there', async () => {
    await start();
    const { rows } = await readAll(world);
    const of = (name: string) => rows.find(({ userId }) => userId === world.user(name));
    const now = world.clock.now();
    expect(of('li')).toMatchObject({ interactiveAt: null, nonInteractiveAt: null, successfulAt: null });
    expect(of('gradya')?.successfulAt).toBeCloseTo(now - 140 * DAY_MS, -4);
    expect(of('gradya')?.createdAt).toBeLessThan(now - 400 * DAY_MS);
  });

  it('says that a tenant without Entra ID P1 does not get to see them', async () => {
    await start({ behaviour: { premium: false } });
    await expect(readAll(world)).rejects.toMatchObject({
      code: 'forbidden',
      permission: null,
      message: expect.stringContaining('Entra ID P1'),
    });
  });

  it('names the permission that is missing', async () => {
    await start();
    world.tenant.permit('AuditLog.Read.All', false);
    await expect(readAll(world)).rejects.toMatchObject({
      code: 'forbidden',
      permission: 'AuditLog.Read.All',
    });
  });
});

describe('the body of a sign-in', () => {
  const read = (body: object) => toSignIn(GraphSignIn.parse({ id: 'ABC', ...body }));
  const nothing = { createdAt: null, interactiveAt: null, nonInteractiveAt: null, successfulAt: null };

  it.each([
    ['absent', {}],
    ['null', { signInActivity: null }],
    ['empty', { signInActivity: {} }],
    ['the first day of the calendar', { signInActivity: { lastSignInDateTime: '0001-01-01T00:00:00Z' } }],
  ])('that is %s tells of none', (_, body) => {
    expect(read(body)).toEqual({ userId: 'abc', ...nothing });
  });

  it('tells each time that it has', () => {
    const activity = {
      lastSignInDateTime: '2026-01-03T00:00:00Z',
      lastNonInteractiveSignInDateTime: '2026-01-02T00:00:00Z',
      lastSuccessfulSignInDateTime: '2026-01-01T00:00:00Z',
    };
    expect(read({ createdDateTime: '2020-01-01T00:00:00Z', signInActivity: activity })).toEqual({
      userId: 'abc',
      createdAt: Date.UTC(2020, 0, 1),
      interactiveAt: Date.UTC(2026, 0, 3),
      nonInteractiveAt: Date.UTC(2026, 0, 2),
      successfulAt: Date.UTC(2026, 0, 1),
    });
  });
});

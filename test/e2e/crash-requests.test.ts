import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import type { GroupNow } from '../../src/domain/license/group-now.ts';
import { type LicenseRequest, planOnRequest } from '../../src/domain/restore/requests/on-request.ts';
import { isConcluded, type StepAction } from '../../src/domain/restore/step.ts';
import { changeLicenses } from '../../src/jobs/decisions/change-licenses.ts';
import { factsOfRequest } from '../../src/jobs/decisions/facts-of-request.ts';
import { QUIET } from '../../src/simulator/scenarios/quiet.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenario.ts';
import { aJobWorld } from '../builders/jobs/job-context.ts';
import { MEGAN, OPERATOR } from '../builders/jobs/morning.ts';
import { aLicensedGroup } from '../builders/license/licensed-group.ts';
import { NEVER } from '../builders/simulator/simulated-settings.ts';
import { FakeConnector } from '../unit/teams/fake-connector.ts';
import { CrashWorld, until } from './crash-world.ts';

const USERS = 40;
const GROUP = 'LIC-Crash';
const EMPTY = 'Crash Sales';
const upn = (index: number): string => `crash.test${index}@contoso.com`;
const EVERYONE = Array.from({ length: USERS }, (_, index) => upn(index));

/** Forty people with a direct license, of whom the first twenty are in a group that gives another, and all in one that gives none. */
const SCENARIO: Scenario = {
  ...QUIET,
  people: [
    ...QUIET.people,
    ...EVERYONE.map((name, index) => ({
      upn: name,
      name,
      department: 'Crash',
      licenses: ['O365_BUSINESS_PREMIUM'],
      groups: index < USERS / 2 ? [GROUP, EMPTY] : [EMPTY],
    })),
  ],
  groups: [...QUIET.groups, { name: GROUP, licenses: ['FLOW_FREE'] }, { name: EMPTY }],
  purchases: QUIET.purchases.map((bought) => ({ ...bought, seats: bought.seats + USERS })),
};

let connector: FakeConnector;
let world: CrashWorld;
beforeAll(async () => {
  connector = new FakeConnector();
  await connector.start();
});
afterAll(() => connector.stop());
afterEach(() => world.close());

const idOf = (name: string): string => world.simulator.tenant.user(name)?.id ?? '';
const groupId = (name: string): string => world.simulator.tenant.groupId(name) ?? '';
const sku = (name: string): string => world.simulator.tenant.sku(name)?.skuId ?? '';

/** The group as Graph tells it, for the press that is made here. */
async function groupNow(id: string): Promise<GroupNow> {
  const { groups } = await world.store.users.tenant();
  const isEmpty = id === groupId(EMPTY);
  const group =
    groups.find((one) => one.id === id) ?? aLicensedGroup({ id, displayName: EMPTY, assignedLicenses: [] });
  return { group, userIds: (isEmpty ? EVERYONE : EVERYONE.slice(0, USERS / 2)).map(idOf), nested: 0 };
}

/** Asks for it and presses; no process runs yet. Returns the decision and the writes that it asks for. */
async function press(request: LicenseRequest): Promise<{ decisionId: string; actions: StepAction[] }> {
  const { context, store } = await aJobWorld();
  await store.close();
  const reader = Object.assign(Object.create(context.reader), { groupNow });
  const here = { ...context, reader, store: world.store, clock: systemClock };
  const facts = await factsOfRequest(here, request, systemClock.now());
  if ('kind' in facts) throw new Error(facts.reason);
  const { steps, view } = planOnRequest(request, facts);
  const started = await changeLicenses(here, request, view.digest, MEGAN, OPERATOR);
  if (started.kind !== 'started') throw new Error(JSON.stringify(started));
  return { decisionId: started.decisionId, actions: steps.map(({ action }) => action) };
}

/** Where Microsoft sees such a write. */
function targetOf(action: StepAction): string {
  switch (action.kind) {
    case 'add-to-group':
    case 'remove-from-group':
      return `/groups/${action.groupId}/members/${action.userId}`;
    case 'license-group':
    case 'unlicense-group':
      return `/groups/${action.groupId}/assignlicense`;
    default:
      return 'userId' in action ? `/users/${action.userId}/assignlicense` : '';
  }
}

const REQUESTS: Record<string, () => LicenseRequest> = {
  swap: () => ({
    kind: 'swap',
    userIds: EVERYONE.slice(USERS / 2).map(idOf),
    skuIds: [sku('O365_BUSINESS_PREMIUM'), sku('FLOW_FREE')],
  }),
  'put into a group': () => ({
    kind: 'add-to-group',
    userIds: EVERYONE.slice(USERS / 2).map(idOf),
    skuIds: [],
    groupId: groupId(GROUP),
  }),
  'take out of a group': () => ({
    kind: 'remove-from-group',
    userIds: EVERYONE.slice(0, USERS / 2).map(idOf),
    skuIds: [],
    groupId: groupId(GROUP),
  }),
  'give to a group': () => ({
    kind: 'license-group',
    userIds: [],
    skuIds: [sku('FLOW_FREE')],
    groupId: groupId(EMPTY),
  }),
  'take from a group': () => ({
    kind: 'unlicense-group',
    userIds: [],
    skuIds: [sku('FLOW_FREE')],
    groupId: groupId(GROUP),
  }),
};

/** Only what the request reads: a scan at any second would reach the same steps at any time. */
const QUIETLY = { SCAN_SCHEDULE: NEVER };

describe('a kill -9 while a request is carried out: each write is seen once, and nobody is alerted', () => {
  it.each([
    ['swap', 'restore:written#1'],
    ['put into a group', 'restore:written#1'],
    ['take out of a group', 'restore:claimed#1'],
    ['give to a group', 'restore:written#1'],
    ['take from a group', 'restore:noted#1'],
  ])('%s, killed at %s', async (what, crashAt) => {
    world = await CrashWorld.open({
      simulator: { scenario: SCENARIO, speed: 1_000 },
      connector,
      environment: { MASS_LOSS_PERCENT: '100' },
    });
    await world.firstScan();
    const request = REQUESTS[what]?.();
    if (!request) throw new Error(`no request is called ${what}`);
    const { decisionId, actions } = await press(request);
    await world.dieAt(crashAt, QUIETLY);
    const child = await world.startAgain(QUIETLY);
    await until('the end of its steps', async () =>
      (await world.store.decisions.stepsOf(decisionId)).every(isConcluded),
    );
    await until('an empty outbox', () => world.nothingWaits());
    expect(await world.stop(child)).toBe(0);
    const steps = await world.store.decisions.stepsOf(decisionId);
    expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(['done']));
    const written = world.simulator.tenant.writes().map(({ target }) => target);
    expect(written.toSorted()).toEqual(actions.map(targetOf).toSorted());
    expect(await world.store.incidents.open()).toEqual([]);
    expect(world.posts).toEqual([]);
  });
});

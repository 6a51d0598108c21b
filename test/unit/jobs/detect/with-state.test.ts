import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDetections } from '../../../../src/app/detections.ts';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { LicensedGroup } from '../../../../src/domain/license/sku.ts';
import { TenantReadError } from '../../../../src/domain/ports.ts';
import { detect } from '../../../../src/jobs/detect/detect.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import {
  type anActivityRecord,
  archivedActivity,
  memberMoved,
  teamOwnerLeft,
} from '../../../builders/security/records.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ID = '39782046-85fb-437c-a2c7-edaa62173e78';
const group = (over: Partial<LicensedGroup> = {}): LicensedGroup => ({
  id: ID,
  displayName: 'Tier 0',
  membershipRule: null,
  dynamic: false,
  onPremisesSyncEnabled: null,
  mailEnabled: false,
  roleAssignable: false,
  assignedLicenses: [],
  ...over,
});
const LICENSED = { displayName: 'LIC-E3', assignedLicenses: [{ skuId: 'sku', disabledPlans: [] }] };
let world: JobWorld;

beforeEach(async () => {
  const { detector } = await loadDetections({ path: null, values: null }, { now: () => 0, log: QUIET });
  world = await aJobWorld();
  world.context.detector = detector;
});
afterEach(() => world.store.close());

const at = (): string => new Date(world.clock.now() - MINUTE_MS).toISOString().slice(0, 19);
async function happens(...records: ReturnType<typeof anActivityRecord>[]) {
  await world.store.audit.append(
    records.map(archivedActivity),
    world.clock.now(),
    [],
    world.context.detector,
  );
  await detect(world.context);
  return (await world.store.security.open()).map(({ rule, class: of, level, words }) => ({
    rule,
    class: of,
    level,
    title: words.title,
  }));
}

const GRETA = 'greta@contoso.example';
const PAVEL = 'pavel@contoso.example';
const GUEST = 'mia_fabrikam.example#EXT#@contoso.onmicrosoft.com';
const put = (name: string, target = PAVEL) => memberMoved(at(), GRETA, target, { id: ID, name });

describe('a change of members', () => {
  it.each([
    [
      'into a group that can hold roles',
      group({ roleAssignable: true }),
      PAVEL,
      {
        rule: 'role-group-member',
        class: 'groups',
        level: 'medium',
        title:
          'greta@contoso.example put pavel@contoso.example into the group Tier 0, which can hold admin roles',
      },
    ],
    [
      'into a group that gives licenses',
      group(LICENSED),
      PAVEL,
      {
        rule: 'licensing-group-member',
        class: 'groups',
        level: 'low',
        title: 'greta@contoso.example put pavel@contoso.example into the group LIC-E3, which gives licenses',
      },
    ],
    [
      'of a guest, into a group that gives licenses',
      group(LICENSED),
      GUEST,
      {
        rule: 'guest-in-licensing-group',
        class: 'guests',
        level: 'medium',
        title: expect.stringContaining('into the group LIC-E3, which gives licenses'),
      },
    ],
  ])('%s is an alert', async (_what, known, target, alert) => {
    world.tenant.state.groups = [known];
    expect(await happens(put(known.displayName, target))).toEqual([alert]);
  });

  it('out of one is an alert as well, by the value that was there before', async () => {
    world.tenant.state.groups = [group({ roleAssignable: true })];
    const from = memberMoved(at(), GRETA, PAVEL, { id: ID, name: 'Tier 0' }, { from: true });
    expect(await happens(from)).toMatchObject([
      {
        rule: 'role-group-member',
        title:
          'greta@contoso.example took pavel@contoso.example out of the group Tier 0, which can hold admin roles',
      },
    ]);
  });

  it('of any other group is everyday work, and nothing is kept of it', async () => {
    world.tenant.state.groups = [group({ displayName: 'Lunch club' })];
    expect(await happens(put('Lunch club'))).toEqual([]);
  });

  it('holds nothing else up where the groups cannot be read', async () => {
    world.tenant.groupsById = async () => {
      throw new TenantReadError('throttled', 'Too many requests.');
    };
    expect(await happens(put('Tier 0'))).toEqual([]);
    expect(await world.store.security.backlog()).toMatchObject({ waiting: 0 });
    expect(world.warnings).toEqual([expect.stringContaining('could not be read')]);
  });

  it('asks for so many groups at once and no more, however many records there are', async () => {
    const asked: number[] = [];
    world.tenant.groupsById = async (ids) => {
      asked.push(ids.length);
      return [];
    };
    await happens(
      ...Array.from({ length: 450 }, (_, n) =>
        memberMoved(at(), GRETA, PAVEL, { id: `${ID.slice(0, -4)}${1000 + n}`, name: `Group ${n}` }),
      ),
    );
    expect(asked).toEqual([200]);
  });
});

describe('an owner who leaves', () => {
  const team = { id: ID, name: 'Project Falcon' };
  it.each(['MemberRemoved', 'MemberRoleChanged'] as const)(
    'is an alert where nobody owns the team any more (%s)',
    async (operation) => {
      world.tenant.owners.set(ID, 0);
      expect(await happens(teamOwnerLeft(at(), GRETA, team, PAVEL, operation))).toMatchObject([
        { rule: 'team-without-owner', class: 'teams', level: 'medium' },
      ]);
    },
  );

  it.each([
    ['others are left', 2],
    ['the team itself is gone', null],
  ])('is none where %s', async (_what, owners) => {
    if (owners !== null) world.tenant.owners.set(ID, owners);
    expect(await happens(teamOwnerLeft(at(), GRETA, team, PAVEL))).toEqual([]);
  });

  it('is said in a sentence that names the team and the last owner', async () => {
    world.tenant.owners.set(ID, 0);
    const [alert] = await happens(teamOwnerLeft(at(), GRETA, team, PAVEL));
    expect(alert?.title).toBe(
      'The team Project Falcon has no owner any more: greta@contoso.example took pavel@contoso.example out',
    );
  });
});

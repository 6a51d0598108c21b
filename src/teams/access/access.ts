import { type Access, NO_ACCESS } from '../../domain/access/access.ts';
import { accessOf, type Grant, grantOver } from '../../domain/access/grant.ts';
import type { Person } from '../../domain/access/person.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { type AccessReader, type PersonKind, TenantReadError } from '../../domain/ports.ts';
import { remembered } from '../remembered.ts';
import type { LastKnown } from './known-access.ts';
import { groupIdsOf, isUnrestricted, namesAuditors, type RoleSettings } from './role-settings.ts';

export type AccessOptions = {
  roles: RoleSettings;
  /** The tenant whose people may have a role, lower case. */
  tenantId: string;
  directory: Pick<AccessReader, 'groupsOf' | 'rolesOf' | 'unitMembers' | 'kindOf'>;
  lastKnown: LastKnown;
  /** What the last scan knows of somebody; null: nothing, so that the directory is asked. */
  scannedKind: (userId: string) => Promise<PersonKind | null>;
  /** ms UTC. */
  now: () => number;
  /** Told once until the source can be read again. */
  onFailure: (source: string, error: unknown) => void;
};

/** A removed operator keeps the role at most this long, ms. */
const REMEMBER_MS = MINUTE_MS;

/** A question to the directory that takes longer than this counts as not answered, ms: Teams waits 15 seconds. */
const TIMEOUT_MS = 4_000;
/** Who asks while the directory is away does not wait long for what has just failed. */
const SHORT_TIMEOUT_MS = 1_000;
const AWAY_FOR_MS = 30_000;

/** Of every member of the tenant while no role is set: they may ask, and nobody may decide. */
const MAY_ASK: Access = { role: 'reader', sees: null, acts: new Set() };

/** What a source says of a person; `unread` when it cannot be asked now. */
type Said<Value> = { value: Value; unread: boolean };

/**
 * What a person may do and see, by Entra groups, Microsoft's directory roles and administrative units. Each
 * source is judged by itself and fails closed: one that the directory cannot answer gives nothing, and takes
 * nothing from what another gives. Then the person may read what they might within the last hour, and do nothing
 * more, and the access says that it is not the whole truth. Never throws.
 */
export function createAccess(options: AccessOptions): (person: Person) => Promise<Access> {
  const { roles, directory, now, lastKnown } = options;
  const { auditorGroupId = null, auditorRoleIds = [] } = roles;
  const roleGroupIds = [
    ...new Set([...groupIdsOf(roles), ...(auditorGroupId === null ? [] : [auditorGroupId])]),
  ];
  const NONE: ReadonlySet<string> = new Set();
  const groupsOf = ask('groups of', NONE, (id, signal) => directory.groupsOf(id, roleGroupIds, signal));
  const heldRoles = ask('roles of', [], (id, signal) => directory.rolesOf(id, signal));
  const unit = ask<ReadonlySet<string> | null>('unit', null, (id, signal) =>
    directory.unitMembers(id, signal),
  );
  const kindOf = ask<PersonKind>(
    'kind of',
    'nobody',
    async (id, signal) => (await options.scannedKind(id)) ?? directory.kindOf(id, signal),
  );
  const failing = new Map<string, number>();

  /** Asks with patience and memory. What Microsoft refuses to know gives nothing; what it cannot say now is unread. */
  function ask<Value>(
    what: string,
    nothing: Value,
    read: (id: string, signal: AbortSignal) => Promise<Value>,
  ): (id: string) => Promise<Said<Value>> {
    const patience = (): number => {
      const failedAt = failing.get(what);
      return failedAt !== undefined && Math.abs(now() - failedAt) < AWAY_FOR_MS
        ? SHORT_TIMEOUT_MS
        : TIMEOUT_MS;
    };
    const answer = remembered((id) => read(id, AbortSignal.timeout(patience())), REMEMBER_MS, now);
    return async (id) => {
      try {
        const value = await answer(id);
        failing.delete(what);
        return { value, unread: false };
      } catch (error) {
        if (!failing.has(what)) options.onFailure(`${what} ${id}`, error);
        const unread = !(error instanceof TenantReadError && error.code === 'refused');
        failing.set(what, now());
        return { value: nothing, unread };
      }
    };
  }

  const byGroup: readonly (readonly [Grant['role'], string | null])[] = [
    ['owner', roles.ownerGroupId],
    ['operator', roles.operatorGroupId],
    ['reader', roles.readerGroupId],
  ];
  const roleIds: ReadonlyMap<string, Grant['role']> = new Map([
    ...roles.readerRoleIds.map((id) => [id, 'reader'] as const),
    ...roles.operatorRoleIds.map((id) => [id, 'operator'] as const),
    // The highest comes last, so that it holds for a role that several settings name.
    ...roles.ownerRoleIds.map((id) => [id, 'owner'] as const),
  ]);

  async function over(role: Grant['role'], unitId: string): Promise<Said<Grant[]>> {
    const { value: users, unread } = await unit(unitId);
    return { value: users === null ? [] : [grantOver(role, users)], unread };
  }

  async function byDirectoryRoles(userId: string): Promise<Said<Grant[]>> {
    if (roleIds.size === 0) return { value: [], unread: false };
    const held = await heldRoles(userId);
    const found = held.value.map(async ({ roleTemplateId, unitId }): Promise<Said<Grant[]>> => {
      const role = roleIds.get(roleTemplateId);
      if (role === undefined) return { value: [], unread: false };
      return unitId === null ? { value: [{ role, users: null }], unread: false } : over(role, unitId);
    });
    return together([{ value: [], unread: held.unread }, ...(await Promise.all(found))]);
  }

  async function byUnits(groups: ReadonlySet<string>): Promise<Said<Grant[]>> {
    const theirs = roles.scopedOperators.filter(({ groupId }) => groups.has(groupId));
    return together(await Promise.all(theirs.map(({ unitId }) => over('operator', unitId))));
  }

  async function granted(userId: string): Promise<Said<Grant[]>> {
    const groups: Said<ReadonlySet<string>> =
      roleGroupIds.length > 0 ? await groupsOf(userId) : { value: NONE, unread: false };
    const value = byGroup.flatMap(([role, groupId]): Grant[] =>
      groupId !== null && groups.value.has(groupId) ? [{ role, users: null }] : [],
    );
    // Nothing adds to an owner's rights, so that owners do not wait for what else could be asked.
    if (value.some(({ role }) => role === 'owner')) return { value, unread: false };
    const others = await Promise.all([byDirectoryRoles(userId), byUnits(groups.value)]);
    return together([{ value, unread: groups.unread }, ...others]);
  }

  async function liveAccess(userId: string): Promise<Said<Access>> {
    if (isUnrestricted(roles)) {
      const { value, unread } = await kindOf(userId);
      return { value: value === 'member' ? MAY_ASK : NO_ACCESS, unread };
    }
    const { value, unread } = await granted(userId);
    return { value: accessOf(value), unread };
  }

  /** Of the whole tenant: a directory role over a unit makes nobody an auditor. */
  async function audits(userId: string): Promise<boolean> {
    if (auditorGroupId !== null && (await groupsOf(userId)).value.has(auditorGroupId)) return true;
    if (auditorRoleIds.length === 0) return false;
    const { value } = await heldRoles(userId);
    return value.some(
      ({ roleTemplateId, unitId }) => unitId === null && auditorRoleIds.includes(roleTemplateId),
    );
  }

  return async ({ aadObjectId, tenantId }) => {
    if (aadObjectId === '' || tenantId !== options.tenantId) return NO_ACCESS;
    const { value: live, unread } = await liveAccess(aadObjectId);
    if (!unread) {
      await lastKnown.note(aadObjectId, live, now());
      const isAuditor = namesAuditors(roles) && live.role !== 'none' && (await audits(aadObjectId));
      return isAuditor ? { ...live, audits: true } : live;
    }
    const users = await lastKnown.sight(aadObjectId, now());
    if (users === undefined) return { ...live, unread };
    const { role, sees } = accessOf([{ role: 'reader', users }, ...asGrants(live)]);
    return { role, sees, acts: live.acts, unread };
  };
}

const asGrants = ({ role, sees }: Access): Grant[] => (role === 'none' ? [] : [{ role, users: sees }]);

const together = (said: readonly Said<Grant[]>[]): Said<Grant[]> => ({
  value: said.flatMap(({ value }) => value),
  unread: said.some(({ unread }) => unread),
});

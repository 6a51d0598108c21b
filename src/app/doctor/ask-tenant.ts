import type { PartlyConfig } from '../../config/partly.ts';
import type { RolesConfig } from '../../config/roles.ts';
import type { CallFact, RoleSource, TokenFact } from '../../domain/doctor/facts.ts';
import type { PermissionFacts } from '../../domain/doctor/judge-permissions.ts';
import type { RoleFacts } from '../../domain/doctor/judge-tenant.ts';
import type { Ask } from '../../microsoft365/doctor/ask.ts';
import { type FeedTrials, tryFeeds } from '../../microsoft365/doctor/feed-trials.ts';
import { tryGraph, tryMembers, tryWrites } from '../../microsoft365/doctor/graph-trials.ts';
import { readGranted, readSecretEnd } from '../../microsoft365/doctor/registration.ts';
import { tryDirectoryRoles, tryRoleGroup } from '../../microsoft365/doctor/role-trials.ts';
import type { Tokens } from './get-tokens.ts';
import { originsOf } from './origins.ts';

/** What Graph and the Management Activity API answered. */
export type TenantAnswers = Pick<PermissionFacts, 'roles' | 'noCalls' | 'calls' | 'granted'> & {
  /** As they turned out: a token that the service itself does not take is no good one. */
  graphToken: TokenFact;
  managementToken: TokenFact;
  signIns: CallFact | null;
  feeds: FeedTrials | null;
  roleFacts: RoleFacts[];
  secretEndsAt: number | null;
};

type Parts = { settings: PartlyConfig; tokens: Tokens; ask: Ask; now: () => number };

/** Makes each call of the product once: reads only, and what is open already opened once more. */
export async function askTenant(parts: Parts): Promise<TenantAnswers> {
  const [graph, management] = await Promise.all([askGraph(parts), askManagement(parts)]);
  return {
    ...graph,
    ...management,
    roles: { graph: graph.roles, management: management.roles },
    noCalls: { graph: graph.noCalls, management: management.noCalls },
    calls: new Map([...graph.calls, ...management.calls]),
  };
}

const NO_TOKEN = 'There is no token for it.';

async function askGraph({ settings, tokens, ask }: Parts) {
  const { token, fact } = tokens.graph;
  const { tenant, roles } = settings;
  const origin = originsOf(settings).graph;
  if (token === null || fact.kind !== 'given') {
    return {
      graphToken: fact,
      roles: null,
      noCalls: 'There is no token for Microsoft Graph.',
      calls: new Map<string, CallFact>(),
      granted: null,
      signIns: null,
      roleFacts: await rolesOf(
        roles.value,
        async () => ({ kind: 'unknown', id: null, why: NO_TOKEN }),
        NO_TOKEN,
      ),
      secretEndsAt: null,
    };
  }
  const trials = await tryGraph(ask, origin, token);
  const calls = trials.permissions;
  const outcomes = [...calls.values()];
  const whole = wholeFailure(outcomes);
  if (whole !== null) {
    return {
      graphToken: whole,
      roles: null,
      noCalls: 'Microsoft Graph does not let us ask.',
      calls,
      granted: null,
      signIns: null,
      roleFacts: await rolesOf(
        roles.value,
        async () => ({ kind: 'unknown', id: null, why: NO_TOKEN }),
        NO_TOKEN,
      ),
      secretEndsAt: null,
    };
  }
  const look = (source: { group: string } | { roles: readonly string[] }): Promise<RoleSource> =>
    'group' in source
      ? tryRoleGroup(ask, origin, token, source.group)
      : tryDirectoryRoles(ask, origin, token, source.roles);
  const [roleFacts, secretEndsAt] = await Promise.all([
    rolesOf(roles.value, look, null),
    tenant.value.credential.kind === 'secret'
      ? readSecretEnd(ask, origin, token, tenant.value.clientId, tenant.value.credential.secret)
      : null,
  ]);
  const existing = roleFacts
    .flatMap(({ sources }) => sources ?? [])
    .find((source) => source.kind === 'group' && source.state !== 'missing');
  const group = trials.someGroup ?? (existing?.kind === 'group' ? existing.id : null);
  if (group !== null) calls.set('GroupMember.Read.All', await tryMembers(ask, origin, token, group));
  const known = rolesKnown(fact.roles, outcomes);
  if (known === null) {
    for (const [name, call] of await tryWrites(ask, origin, token)) calls.set(name, call);
  }
  const isShort = [...calls.values()].some(({ kind }) => kind === 'forbidden');
  return {
    graphToken: fact,
    roles: known,
    noCalls: null,
    calls,
    granted:
      isShort && fact.principalId !== null ? await readGranted(ask, origin, token, fact.principalId) : null,
    signIns: trials.signIns,
    roleFacts,
    secretEndsAt,
  };
}

/**
 * The permissions of a token. One without that claim has none: unless calls that take some were let in, so that it is
 * a token that does not tell.
 */
function rolesKnown(roles: readonly string[] | null, calls: readonly CallFact[]): readonly string[] | null {
  if (roles !== null) return roles;
  if (calls.some(({ kind }) => kind === 'works')) return null;
  return calls.some(({ kind }) => kind === 'forbidden') ? [] : null;
}

/** Where no call came through: the token that is not taken, or the service that cannot be reached. */
function wholeFailure(calls: readonly CallFact[]): TokenFact | null {
  const [first] = calls;
  if (!first || !calls.every(({ kind }) => kind === first.kind)) return null;
  if (first.kind === 'not-accepted') return { kind: 'unusable', why: first.says };
  return null;
}

async function askManagement({ settings, tokens, ask, now }: Parts) {
  const { token, fact } = tokens.management;
  const { tenantId } = settings.tenant.value;
  const origin = originsOf(settings).managementApi;
  const nothing = { calls: new Map<string, CallFact>(), roles: null, feeds: null };
  if (token === null || fact.kind !== 'given') {
    return {
      ...nothing,
      managementToken: fact,
      noCalls: 'There is no token for the Office 365 Management APIs.',
    };
  }
  const feeds = await tryFeeds(ask, origin, tenantId, token, now());
  const lacks = fact.roles !== null && !fact.roles.includes('ActivityFeed.Read');
  const { permission } = feeds;
  if (permission.kind === 'not-accepted' && !lacks) {
    const managementToken: TokenFact = { kind: 'unusable', why: permission.says };
    return { ...nothing, managementToken, noCalls: permission.says };
  }
  const call: CallFact =
    permission.kind === 'not-accepted' ? { kind: 'forbidden', says: permission.says } : permission;
  return {
    managementToken: fact,
    roles: fact.roles,
    noCalls: null,
    calls: new Map([['ActivityFeed.Read', call]]),
    feeds,
  };
}

async function rolesOf(
  roles: RolesConfig,
  look: (source: { group: string } | { roles: readonly string[] }) => Promise<RoleSource>,
  why: string | null,
): Promise<RoleFacts[]> {
  const given = [
    {
      role: 'reader',
      settings: 'READER_GROUP_ID or READER_ROLES',
      groups: [roles.readerGroupId],
      ids: roles.readerRoleIds,
    },
    {
      role: 'operator',
      settings: 'OPERATOR_GROUP_ID, OPERATOR_ROLES or SCOPED_OPERATORS',
      groups: [roles.operatorGroupId, ...roles.scopedOperators.map(({ groupId }) => groupId)],
      ids: roles.operatorRoleIds,
    },
    {
      role: 'owner',
      settings: 'OWNER_GROUP_ID or OWNER_ROLES',
      groups: [roles.ownerGroupId],
      ids: roles.ownerRoleIds,
    },
    {
      role: 'auditor',
      settings: 'AUDITOR_GROUP_ID or AUDITOR_ROLES',
      groups: [roles.auditorGroupId],
      ids: roles.auditorRoleIds,
    },
  ] as const;
  const facts = given.map(async ({ role, settings, groups, ids }): Promise<RoleFacts | null> => {
    const sources = [
      ...groups.filter((id) => id !== null).map((group) => look({ group })),
      ...(ids.length > 0 ? [look({ roles: ids })] : []),
    ];
    if (sources.length === 0) return role === 'auditor' ? null : { role, settings, sources: null, why };
    return { role, settings, sources: await Promise.all(sources), why };
  });
  return (await Promise.all(facts)).filter((fact) => fact !== null);
}

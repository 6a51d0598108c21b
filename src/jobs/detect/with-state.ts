import {
  type GroupState,
  isAboutApp,
  isToldWithState,
  meaning,
  ofMembers,
  TOLD_WITH_STATE,
} from '../../domain/detection/alerts/by-state.ts';
import type { Firing } from '../../domain/detection/evaluate.ts';
import { viewOf } from '../../domain/detection/records/view-of.ts';
import { type KeptRecord, TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/** Groups that are looked at in one round: more than this at once is an import, and its owners know of it. */
const MOST_GROUPS = 200;
/** Of each of these Graph is asked by itself who owns it. */
const MOST_OWNED = 20;

/** A firing with its records, and the name of its rule. */
export type Fired = { firing: Firing; own: readonly KeptRecord[]; ruleName: string | null; byState: boolean };

/** Labels under which everything that is taken from License Watch is one alert. */
export const ownLabels = ({ settings }: Pick<JobContext, 'settings'>): Record<string, string> => ({
  app: settings.ownAppIds[0] ?? 'License Watch',
});

/**
 * Firings whose meaning no record says, as what they mean by the state of the tenant: what a group is for, whether it
 * has owners, whether an app is ours. What means nothing is left out. Where the tenant cannot be asked, what hangs on it
 * is left out as well, and logged: nothing else waits for it.
 */
export async function withState(
  context: JobContext,
  fired: readonly Fired[],
  signal: AbortSignal,
): Promise<Fired[]> {
  if (!fired.some(({ ruleName }) => isToldWithState(ruleName))) return [...fired];
  const idsOf = (name: string): string[] => [
    ...new Set(fired.filter(({ ruleName }) => ruleName === name).flatMap(({ own }) => groupIdOf(own) ?? [])),
  ];
  const groups = await groupsNow(context, idsOf(TOLD_WITH_STATE.member), signal);
  const ownIds = fired.some(({ ruleName }) => ruleName === TOLD_WITH_STATE.access)
    ? [...context.settings.ownAppIds, ...(await context.ownAccess.ids(signal))]
    : [];
  const ownerless = await ownerlessOf(context, idsOf(TOLD_WITH_STATE.owner), signal);
  return fired.flatMap((one): Fired[] => {
    const told = toldAs(one);
    return told === null ? [] : [{ ...one, ...told }];
  });

  function toldAs({ firing, own, ruleName, byState }: Fired): Pick<Fired, 'firing' | 'byState'> | null {
    const id = groupIdOf(own);
    const state = id === null ? undefined : groups.get(id);
    switch (ruleName) {
      case TOLD_WITH_STATE.member: {
        const told = state ? ofMembers(firing, state, isGuest(own), isAdded(own)) : null;
        return told && { firing: told, byState: false };
      }
      case TOLD_WITH_STATE.owner:
        return id === null || !ownerless.has(id)
          ? null
          : { firing: meaning(firing, 'team-without-owner', firing.labels), byState: false };
      case TOLD_WITH_STATE.access:
        return own.some(({ event }) => isAboutApp(event, ownIds))
          ? { firing: meaning(firing, 'own-access-taken', ownLabels(context)), byState: true }
          : null;
      default:
        return { firing, byState };
    }
  }
}

/** The group that records are about, by its object id in lower case; a team by that of its group. */
function groupIdOf(own: readonly KeptRecord[]): string | null {
  for (const { event, raw } of own) {
    const target = event.targets.find(({ kind }) => kind === 'group')?.id;
    const [team] = viewOf(raw)?.values('AADGroupId') ?? [];
    const id = event.group?.id ?? (typeof team === 'string' ? team : null) ?? target;
    if (id) return id.toLowerCase();
  }
  return null;
}

const isGuest = (own: readonly KeptRecord[]): boolean =>
  own.some(({ raw }) => viewOf(raw)?.values('lw.target.isguest')?.[0] === true);

const isAdded = (own: readonly KeptRecord[]): boolean =>
  own.some(({ event }) => /^add /i.test(event.operation));

async function groupsNow(
  context: JobContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, GroupState>> {
  const read = await asked(context, ids.slice(0, MOST_GROUPS), (some) =>
    context.reader.groupsById(some, signal),
  );
  return new Map(
    read.map(({ id, displayName, roleAssignable, assignedLicenses }) => [
      id,
      { name: displayName, roleAssignable, givesLicenses: assignedLicenses.length > 0 },
    ]),
  );
}

async function ownerlessOf(
  context: JobContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const read = await asked(context, ids.slice(0, MOST_OWNED), async (some) => {
    const without: string[] = [];
    for (const id of some) {
      if ((await context.reader.hasOwner(id, signal)) === false) without.push(id);
    }
    return without;
  });
  return new Set(read);
}

async function asked<Answer>(
  { log }: JobContext,
  ids: readonly string[],
  ask: (ids: readonly string[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  if (ids.length === 0) return [];
  try {
    return await ask(ids);
  } catch (err) {
    if (!(err instanceof TenantReadError)) throw err;
    log.warn(
      { err, groups: ids.length },
      'groups that records name could not be read: their alerts are left out',
    );
    return [];
  }
}

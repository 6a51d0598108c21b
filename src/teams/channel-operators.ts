import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { type Access, isAtLeast } from '../domain/access/access.ts';
import { MINUTE_MS } from '../domain/durations.ts';
import type { Logger } from '../observability/logger.ts';
import { MAX_REFRESHED } from './cards/incident/card.ts';

/** Teams takes 50 to 500 members a page, and names their object id in either of two fields. */
const PAGE_SIZE = 500;
const Page = z.object({
  continuationToken: z.string().nullish(),
  members: z.array(
    z.object({
      id: z.string().min(1),
      aadObjectId: z.string().nullish(),
      objectId: z.string().nullish(),
      name: z.string().nullish(),
    }),
  ),
});
type Member = z.infer<typeof Page>['members'][number];

/** Of a channel with more members only so many are looked at: the rest have the button. */
const MAX_PAGES = 4;

/** A card that names too few people is better than one that comes late, ms. */
const LOOK_FOR_MS = 5_000;

const REMEMBER_MS = 10 * MINUTE_MS;
const ASKED_AT_ONCE = 20;

export type ChannelOperatorsOptions = {
  /** What a person, by object id in lower case, may do. */
  accessOf: (aadObjectId: string) => Promise<Access>;
  /** ms UTC. */
  now: () => number;
  log: Logger;
};

/** A member of a channel who may decide about incidents. */
export type ChannelOperator = {
  /** In Teams. */
  id: string;
  /** Lower case. */
  aadObjectId: string;
  name: string | null;
  /** Whether they may decide about everybody, not about some administrative units only. */
  ofAll: boolean;
};

export type FindOperators = (context: TurnContext, channelKey: string) => Promise<readonly ChannelOperator[]>;

/**
 * Finds the members of a channel who may decide: at most as many as a card can name in its `refresh`. Remembers them for ten minutes. Where the roster cannot be read it finds nobody, and never throws: a
 * card without the list still has its button.
 * @returns what takes the turn in a channel and the channel's key
 */
export function findChannelOperators(options: ChannelOperatorsOptions): FindOperators {
  const { now, log } = options;
  const remembered = new Map<string, { until: number; found: readonly ChannelOperator[] }>();
  return async (context, channelKey) => {
    const known = remembered.get(channelKey);
    const left = known ? known.until - now() : 0;
    if (known && left > 0 && left <= REMEMBER_MS) return known.found;
    let found: readonly ChannelOperator[] = [];
    try {
      found = await operatorsIn(context, options);
    } catch (error) {
      log.warn({ channel: channelKey, err: error }, 'members of the channel could not be read');
    }
    // A failure is remembered as well: each edit of a card would ask, and wait, again.
    remembered.set(channelKey, { until: now() + REMEMBER_MS, found });
    return found;
  };
}

async function operatorsIn(
  context: TurnContext,
  { accessOf, now }: ChannelOperatorsOptions,
): Promise<ChannelOperator[]> {
  const deadline = now() + LOOK_FOR_MS;
  const found: ChannelOperator[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { members, continuationToken } = Page.parse(
      await TeamsInfo.getPagedMembers(context, PAGE_SIZE, token),
    );
    for (let from = 0; from < members.length; from += ASKED_AT_ONCE) {
      if (found.length >= MAX_REFRESHED || now() > deadline) return found.slice(0, MAX_REFRESHED);
      const asked = members.slice(from, from + ASKED_AT_ONCE);
      const answers = await Promise.all(asked.map((member) => operatorOf(member, accessOf)));
      found.push(...answers.filter((one) => one !== null));
    }
    if (!continuationToken || continuationToken === token) break;
    token = continuationToken;
  }
  return found.slice(0, MAX_REFRESHED);
}

async function operatorOf(
  member: Member,
  accessOf: ChannelOperatorsOptions['accessOf'],
): Promise<ChannelOperator | null> {
  const aadObjectId = (member.aadObjectId ?? member.objectId ?? '').toLowerCase();
  if (aadObjectId === '') return null;
  const { role, acts } = await accessOf(aadObjectId);
  if (!isAtLeast(role, 'operator')) return null;
  return { id: member.id, aadObjectId, name: member.name ?? null, ofAll: acts === null };
}

/** Who looked after which incident lately, by their Teams ids: they keep their own card when it is edited. */
export type Pressers = {
  note(incidentId: string, teamsUserId: string): void;
  of(incidentId: string): readonly string[];
};

const MAX_INCIDENTS = 500;
const MAX_PRESSERS = 10;

/** Keeps the latest pressers of the latest incidents, in memory: after a restart the channel's roster is enough. */
export function createPressers(): Pressers {
  const known = new Map<string, readonly string[]>();
  return {
    note(incidentId, teamsUserId) {
      const others = (known.get(incidentId) ?? []).filter((id) => id !== teamsUserId);
      known.delete(incidentId);
      known.set(incidentId, [teamsUserId, ...others].slice(0, MAX_PRESSERS));
      const [oldest] = known.keys();
      if (known.size > MAX_INCIDENTS && oldest !== undefined) known.delete(oldest);
    },
    of: (incidentId) => known.get(incidentId) ?? [],
  };
}

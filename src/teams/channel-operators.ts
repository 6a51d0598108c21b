import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { MOST_REFRESHED } from './cards/incident.ts';

/** Teams takes 50 to 500 members a page, and names their object id in either of two fields. */
const PAGE_SIZE = 500;
const Page = z.object({
  continuationToken: z.string().nullish(),
  members: z.array(
    z.object({
      id: z.string().min(1),
      aadObjectId: z.string().nullish(),
      objectId: z.string().nullish(),
    }),
  ),
});
type Member = z.infer<typeof Page>['members'][number];

/** Of a channel with more members only so many are looked at: the rest have the button. */
const MOST_PAGES = 4;

/** A card that names too few people is better than one that comes late, ms. */
const LOOK_FOR_MS = 5_000;

const REMEMBER_MS = 10 * 60_000;
const ASKED_AT_ONCE = 20;

export type ChannelOperatorsOptions = {
  /** Whether a person, by object id in lower case, may decide about incidents. */
  mayAct: (aadObjectId: string) => Promise<boolean>;
  /** ms UTC. */
  now: () => number;
  log: Logger;
};

/**
 * Finds the members of a channel who may decide, by their Teams ids: at most as many as a card can name in its
 * `refresh`. Remembers them for ten minutes. Where the roster cannot be read it finds nobody, and never throws: a
 * card without the list still has its button.
 * @returns what takes the turn in a channel and the channel's key
 */
export function findChannelOperators(
  options: ChannelOperatorsOptions,
): (context: TurnContext, channelKey: string) => Promise<readonly string[]> {
  const { now, log } = options;
  const remembered = new Map<string, { until: number; ids: readonly string[] }>();
  return async (context, channelKey) => {
    const known = remembered.get(channelKey);
    if (known && now() < known.until) return known.ids;
    let ids: readonly string[] = [];
    try {
      ids = await operatorsIn(context, options);
    } catch (error) {
      log.warn({ channel: channelKey, err: error }, 'members of the channel could not be read');
    }
    // A failure is remembered as well: each edit of a card would ask, and wait, again.
    remembered.set(channelKey, { until: now() + REMEMBER_MS, ids });
    return ids;
  };
}

async function operatorsIn(
  context: TurnContext,
  { mayAct, now }: ChannelOperatorsOptions,
): Promise<string[]> {
  const deadline = now() + LOOK_FOR_MS;
  const found: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { members, continuationToken } = Page.parse(
      await TeamsInfo.getPagedMembers(context, PAGE_SIZE, token),
    );
    for (let from = 0; from < members.length; from += ASKED_AT_ONCE) {
      if (found.length >= MOST_REFRESHED || now() > deadline) return found.slice(0, MOST_REFRESHED);
      const asked = members.slice(from, from + ASKED_AT_ONCE);
      const answers = await Promise.all(asked.map((member) => acts(member, mayAct)));
      found.push(...asked.filter((_, index) => answers[index]).map(({ id }) => id));
    }
    if (!continuationToken || continuationToken === token) break;
    token = continuationToken;
  }
  return found.slice(0, MOST_REFRESHED);
}

async function acts(
  { aadObjectId, objectId }: Member,
  mayAct: ChannelOperatorsOptions['mayAct'],
): Promise<boolean> {
  const id = (aadObjectId ?? objectId ?? '').toLowerCase();
  return id !== '' && mayAct(id);
}

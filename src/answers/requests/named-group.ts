import { peopleLike } from '../../language/names/people-like.ts';
import { isProductText } from '../../language/names/skus.ts';
import type { Intent, Query } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';

const ABOUT_GROUPS: ReadonlySet<Intent> = new Set(['assign', 'remove']);

/**
 * "Assign E3 to the group All Sales": a group that gives no license yet is in no scan, so its name fits nobody. It is
 * looked up in the directory, where the rest of the request is clear.
 */
export async function withNamedGroup(
  query: Query,
  { groups, index }: Pick<AnswerDeps, 'groups' | 'index'>,
): Promise<Query> {
  const [said, ...others] = query.unresolved;
  const isClear = query.people.length + query.skus.length > 0 && query.groups.length === 0;
  if (groups === null || said === undefined || others.length > 0) return query;
  if (!isClear || !ABOUT_GROUPS.has(query.intent)) return query;
  if (isProductText(said) || peopleLike(said, index).fits.length > 0) return query;
  const found = await groups.named(said);
  return found.length === 0 ? query : { ...query, groups: found.map(({ id }) => id), unresolved: [] };
}

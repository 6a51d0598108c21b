import { COMPANY } from '../../../src/simulator/scenarios/company.ts';
import { ADMIN_UPN } from '../../../src/simulator/scenarios/well-known.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { CAST } from '../authorization/cast.ts';
import { SEEN_BY_SCOPED } from './role-directory.ts';
import { readable } from './texts-in.ts';

/** Who asks and who acts is named to everybody who may see what was done. */
const ACTING = new Set([
  ...Object.values(CAST).map(({ aadObjectId }) => aadObjectId),
  idOf('user', ADMIN_UPN),
]);

const OUTSIDERS = COMPANY.people.filter(
  ({ upn }) => !SEEN_BY_SCOPED.includes(upn) && !ACTING.has(idOf('user', upn)),
);

/** Family names that are words of their own, or those of somebody inside. */
const COMMON = new Set(['power', 'former', 'green', 'copilot', 'backup', 'mueller', 'archie', 'summers']);

/** By which somebody outside the unit is recognised. */
const MARKS: readonly string[] = OUTSIDERS.flatMap(({ name, upn }) => {
  const family =
    name
      .replace(/\(.*\)/, '')
      .trim()
      .split(' ')
      .at(-1) ?? '';
  const isDistinctive = family.length >= 5 && !COMMON.has(family.toLowerCase());
  return [name, upn, idOf('user', upn), ...(isDistinctive ? [family] : [])];
})
  .filter((mark) => mark.length >= 5)
  .map(readable);

/**
 * Names, sign-in names and ids of users outside the operator's unit that are told of.
 * @param told to somebody who may not know them
 * @param said by that person: to repeat it tells them nothing
 */
export function revealed(told: unknown, said: unknown): string[] {
  const text = readable(told);
  const found = MARKS.filter((mark) => text.includes(mark));
  if (found.length === 0) return [];
  const known = readable(said);
  return found.filter((mark) => !known.includes(mark));
}

/** What those are called whose ids somebody sends who may know them: to name one by id is to name them. */
export function namesBehindIds(said: unknown): string[] {
  const text = readable(said);
  return OUTSIDERS.filter(({ upn }) => text.includes(idOf('user', upn))).map(({ name }) => name);
}

/** Everybody's name and sign-in name, which no log may hold. */
export const NAMED: readonly string[] = COMPANY.people
  .flatMap(({ name, upn }) => [name, upn])
  .filter((mark) => mark.length >= 5)
  .map(readable);

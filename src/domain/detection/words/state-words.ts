import { capitalised, listedUpTo } from '../../english.ts';
import { count } from '../../numerals.ts';
import type { FactLine } from '../alerts/security-incident.ts';
import { named, type Saying } from './saying.ts';

/** More permissions than these in a sentence are read by nobody: the lines below it have all of them. */
const NAMED = 3;

/** A sentence about what a record and the state of the tenant say together; null where it is none of these. */
export function stateWords(said: Saying, rule: string, permissions: readonly string[]): string | null {
  const { who, isOwn, operation } = said;
  const target = isOwn ? 'themselves' : (said.target ?? 'somebody');
  const group = said.label('group') ?? said.label('team');
  const from = /remove|delete/.test(operation);
  const moved = from ? `took ${target} out of` : `put ${target} into`;
  switch (rule) {
    case 'role-group-member':
      return `${who} ${moved} ${named('group', group)}, which can hold admin roles`;
    case 'licensing-group-member':
    case 'guest-in-licensing-group':
      return `${who} ${moved} ${named('group', group)}, which gives licenses`;
    case 'team-without-owner': {
      const kind = said.label('team') === null ? 'group' : 'team';
      const last = said.list('lw.owner.members') ?? said.target;
      return `${capitalised(named(kind, group))} has no owner any more: ${who} took ${isOwn || last === null ? 'the last one' : last} out`;
    }
    case 'own-access-taken':
      return permissions.length === 0
        ? `${who} took License Watch’s own access to this tenant away`
        : `${who} took ${listedUpTo([...permissions], NAMED)} from License Watch`;
    default:
      return null;
  }
}

/** What the tenant does not let us do any more, where no record says who did it. */
export const accessTitle = (permissions: readonly string[]): string =>
  `License Watch has lost ${count(permissions.length, 'permission')}: ${listedUpTo([...permissions], NAMED)}`;

/** A line for each permission. */
export const accessFacts = (permissions: readonly string[]): FactLine[] =>
  permissions.map((name) => ({ name, before: 'granted', after: 'taken away' }));

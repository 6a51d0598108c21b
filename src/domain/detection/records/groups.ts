/** Groups and teams: who can see them, and what they are for. */
import { changeOf, type Facts, parameterOf } from './facts.ts';
import { type FieldTable, one } from './field-table.ts';
import { fieldOf, plainValue, textOf, truthOf } from './loose.ts';

export type Visibility = 'public' | 'private';

const visible = (text: string | null | undefined): Visibility | null => {
  const word = text?.trim().toLowerCase() ?? '';
  if (word === 'public') return 'public';
  return word === 'private' || word === 'hiddenmembership' ? 'private' : null;
};

const isPublic = (text: string | null): Visibility | null => {
  const truth = truthOf(plainValue(text));
  return truth === null ? null : truth ? 'public' : 'private';
};

/** What a group or a team is made: public or private; null where a record does not change that. */
export function madeVisible(facts: Facts): Visibility | null {
  const operation = facts.operation.toLowerCase();
  const byCmdlet = visible(parameterOf(facts, 'AccessType'));
  if (byCmdlet !== null) return byCmdlet;
  if (operation === 'teamsettingchanged') {
    const raw = (name: string): string | null => textOf(fieldOf(facts.raw, name));
    const sides = [{ before: raw('OldValue'), after: raw('NewValue') }, ...facts.changes];
    return (
      sides
        .map(({ before, after }) => changed(visible(plainValue(before)), visible(plainValue(after))))
        .find((side) => side !== null) ?? null
    );
  }
  const flag = changeOf(facts, 'IsPublic');
  const word = changeOf(facts, 'Visibility');
  return (
    (flag ? changed(isPublic(flag.before), isPublic(flag.after)) : null) ??
    (word ? changed(visible(plainValue(word.before)), visible(plainValue(word.after))) : null)
  );
}

const changed = (before: Visibility | null, after: Visibility | null): Visibility | null =>
  after !== null && after !== before ? after : null;

/** Whether the rule that fills a dynamic group has changed. */
function ruleChanged(facts: Facts): boolean {
  const rule = changeOf(facts, 'MembershipRule');
  return (
    rule !== undefined &&
    plainValue(rule.before) !== null &&
    plainValue(rule.before) !== plainValue(rule.after)
  );
}

export const GROUP_FIELDS: FieldTable = {
  'lw.visibility': (facts) => one(madeVisible(facts)),
  'lw.group.roleassignable': (facts) =>
    one(truthOf(plainValue(changeOf(facts, 'IsAssignableToRole')?.after ?? null))),
  'lw.group.rulechanged': (facts) => one(ruleChanged(facts)),
};

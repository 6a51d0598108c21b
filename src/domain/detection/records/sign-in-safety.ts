/** What protects sign-ins: a second factor, conditional access, and who is trusted to sign people in. */
import { changeOf, type Facts } from './facts.ts';
import { type FieldTable, one } from './field-table.ts';
import { jsonText, listOf, plainValue, plainValues } from './loose.ts';

/** Entries of a list in a property's text, each as its JSON text. */
const entriesIn = (text: string | null): string[] =>
  text === null ? [] : listOf(text).map((entry) => (typeof entry === 'string' ? entry : jsonText(entry)));

const METHODS = [
  'StrongAuthenticationMethod',
  'StrongAuthenticationPhoneAppDetail',
  'StrongAuthenticationUserDetails',
  'SearchableDeviceKey',
];

/** Activities of the service Authentication Methods; the directory writes the same act as `Update user`. */
const METHOD_REMOVED = /^(admin deleted security info|delete (fido2|passkey|windows hello)\b.*)$/i;

/** `off`: no second factor is asked for any more. `last-removed`: no method is left. `removed`: one method less. */
export function secondFactor(facts: Facts): 'off' | 'last-removed' | 'removed' | null {
  if (/^disable strong authentication$/i.test(facts.operation)) return 'off';
  const requirement = changeOf(facts, 'StrongAuthenticationRequirement');
  if (requirement && requires(requirement.before) && !requires(requirement.after)) return 'off';
  const methods = changeOf(facts, 'StrongAuthenticationMethod');
  const [before, after] = [entriesIn(methods?.before ?? null), entriesIn(methods?.after ?? null)];
  if (before.length > 0 && after.length === 0) return 'last-removed';
  const fewer = METHODS.some((name) => {
    const change = changeOf(facts, name);
    return change !== undefined && entriesIn(change.before).length > entriesIn(change.after).length;
  });
  return fewer || METHOD_REMOVED.test(facts.operation) ? 'removed' : null;
}

/** Per-user MFA: state 1 is enabled, 2 is enforced. */
const requires = (text: string | null): boolean =>
  /State\\?"?\s*[:=]\s*\\?"?(1|2|Enabled|Enforced)/i.test(text ?? '');

const policyState = (text: string | null): string | null =>
  /\bstate\\?"?\s*[:=]\s*\\?"?(\w+)/i.exec(text ?? '')?.[1]?.toLowerCase() ?? null;

/** What became of a conditional access policy; null for every other record. The directory writes the same act as "policy". */
export function policyAct(facts: Facts): 'added' | 'changed' | 'switched-on' | 'deleted' | null {
  const operation = facts.operation.toLowerCase();
  const change = changeOf(facts, 'ConditionalAccessPolicy', 'PolicyDetail');
  const verb = /^(add|added|update|delete|hard delete) (?:conditional access )?policy$/.exec(operation)?.[1];
  if (verb === undefined) return null;
  const said = `${change?.before ?? ''}${change?.after ?? ''}`;
  const isAccess =
    operation.includes('conditional access') || /Controls|Conditions|grantControls|Mfa/i.test(said);
  if (verb.includes('delete')) return isAccess || change === undefined ? 'deleted' : null;
  if (!isAccess) return null;
  if (verb.startsWith('add')) return 'added';
  const [before, after] = [policyState(change?.before ?? null), policyState(change?.after ?? null)];
  return after === 'enabled' && before !== null && before !== 'enabled' ? 'switched-on' : 'changed';
}

/** Whether a domain trusts somebody else to sign its people in from now on. */
export function isDomainFederated(facts: Facts): boolean {
  const operation = facts.operation.toLowerCase();
  if (
    /^(set federation settings on domain|add-federateddomain|new-federationtrust|set-federationtrust)$/.test(
      operation,
    )
  )
    return true;
  if (operation !== 'set domain authentication') return false;
  return facts.changes.some(({ name, before, after }) => {
    const [old, now] = [plainValues(before).join(), plainValues(after).join()];
    return (
      /livetype|authentication|federat/i.test(name) &&
      /federat/i.test(now) &&
      !/federat/i.test(old) &&
      plainValue(after) !== null
    );
  });
}

export const SIGN_IN_FIELDS: FieldTable = {
  'lw.secondfactor': (facts) => one(secondFactor(facts)),
  'lw.policy.act': (facts) => one(policyAct(facts)),
  'lw.domain.federated': (facts) => one(isDomainFederated(facts)),
};

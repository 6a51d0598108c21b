/** What the records of one act have in common. */
import { type Facts, thingOf } from './facts.ts';
import { guestOf, isAboutGuest } from './guests.ts';
import { roleOf } from './roles.ts';
import { policyAct } from './sign-in-safety.ts';

/**
 * A text that the records of one act share, or null. Mostly the correlation id, which both logs carry. Some acts are
 * written by two services under two ids: a role by PIM and by the directory, a conditional access policy by its service
 * and as a policy, a guest by the invitation and as a user. There it is the act and its target. Sign-ins have
 * none: somebody who tries again in the same window does it under the same id.
 */
export function togetherOf(facts: Facts): string | null {
  const role = roleOf(facts);
  if (role) {
    const who = role.who?.upn ?? role.who?.id ?? role.who?.name ?? '';
    return ['role', role.act, who, role.templateId ?? role.name ?? ''].join(' ').toLowerCase();
  }
  const policy = policyAct(facts);
  const name = thingOf(facts, 'policy')?.name ?? facts.things[0]?.name ?? null;
  if (policy !== null && name !== null) return `policy ${policy} ${name}`.toLowerCase();
  if (/^(invite external user|add user)$/i.test(facts.operation) && isAboutGuest(facts)) {
    const guest = guestOf(facts);
    if (guest !== null) return `guest ${guest}`;
  }
  return /^userlogg?(edin|infailed)$|^sign-in activity$/i.test(facts.operation) ? null : facts.correlation;
}

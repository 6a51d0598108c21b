import type { Subject } from '../../domain/access/person.ts';
import type { SuppressionRequest } from '../../domain/incident/decision.ts';
import type { StandingCommit } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { productNames } from '../product-names.ts';

/**
 * Says what has changed, with names: the card that asked is gone by then. Without the end that was asked for, as
 * times are written for their reader: "I stay quiet about Visio Plan 2".
 */
export async function suppressionChangedText(
  context: JobContext,
  kind: SuppressionRequest['kind'],
  { decision, rule }: StandingCommit,
): Promise<string> {
  switch (kind) {
    case 'end-rule':
      return `${await ruleName(context, rule?.id)} has ended: changes like these are alerted again.`;
    case 'extend-rule':
      return `${await ruleName(context, rule?.id)} holds`;
    case 'snooze':
      return `I stay quiet about ${await nameOf(context, decision.subject)}`;
    case 'wake':
      return `I alert about ${await nameOf(context, decision.subject)} again.`;
    case 'watch':
      return `From now on I keep an eye on ${await nameOf(context, decision.subject)}: losses are alerted right away.`;
    case 'unwatch':
      return `I no longer keep an eye on ${await nameOf(context, decision.subject)}.`;
  }
}

/** "Rule 2": rules are numbered from 1 in the order in which they were made, and come newest first. */
async function ruleName({ store }: JobContext, ruleId: string | undefined): Promise<string> {
  const rules = await store.suppression.rules();
  const index = rules.findIndex(({ id }) => id === ruleId);
  return index < 0 ? 'The rule' : `Rule ${rules.length - index}`;
}

/** What people call a person, a product or a group. */
export async function nameOf(context: JobContext, subject: Subject | null): Promise<string> {
  switch (subject?.kind) {
    case 'user': {
      const [user] = await context.store.users.byIds([subject.id]);
      return user?.state.displayName ?? 'an account that is gone';
    }
    case 'sku':
      return (await productNames(context))(subject.id);
    case 'group': {
      const { groups } = await context.store.users.tenant();
      return groups.find(({ id }) => id === subject.id)?.displayName ?? `the group ${subject.id}`;
    }
    default:
      return 'that';
  }
}

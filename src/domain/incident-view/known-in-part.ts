import type { ExplainedChange } from '../attribution/explained-change.ts';
import type { Verdict } from '../attribution/verdict.ts';
import { count, numeral, plural } from '../numerals.ts';
import { asKnown } from './actor.ts';
import type { ViewContext } from './context.ts';
import { causeSentence } from './wording.ts';

/** So many causes are said in words. */
const MAX_CAUSES = 3;

/**
 * What is known of an open incident that stays whole while the logs are not complete: for how many of its users
 * there is an explanation, and which; nothing is guessed about the others. Null where it is known for none of them,
 * or for all.
 */
export function knownInPart(context: ViewContext): string | null {
  const { incident, changes } = context.facts;
  if (incident.status !== 'open' || incident.level !== 'unexplained') return null;
  const known = explainedUsers(changes);
  const others = incident.userIds.length - known.size;
  if (known.size === 0 || others <= 0) return null;
  const sentences = Map.groupBy(known, ([, verdict]) => sentenceOf(verdict, context));
  // Numbers name nobody; a cause that only users have whom the viewer may not see is not said.
  const said = [...sentences]
    .filter(([, members]) => members.some(([userId]) => !context.hidden.has(userId)))
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MAX_CAUSES);
  const [only] = said;
  const causes =
    only && sentences.size === 1
      ? `: ${only[0]}`
      : `.${said.map(([sentence, members]) => ` For ${numeral(members.length)}: ${sentence}`).join('')}`;
  const rest = plural(others, 'the other user', `the other ${count(others, 'user')}`);
  return `${leadOf([...known.values()])} ${numeral(known.size)} of ${count(incident.userIds.length, 'user')}${causes} Microsoft’s logs aren’t complete yet for ${rest}.`;
}

/** A verdict for each user whose changes all have a cause, by user id. */
function explainedUsers(changes: readonly ExplainedChange[]): Map<string, Verdict> {
  const found = new Map<string, Verdict>();
  const ofUsers = changes.filter(({ change }) => change.userId !== null);
  for (const [userId, own] of Map.groupBy(ofUsers, ({ change }) => change.userId ?? '')) {
    const verdicts = own.flatMap(({ verdict }) => (verdict !== null && hasCause(verdict) ? [verdict] : []));
    const [verdict] = verdicts;
    if (verdict && verdicts.length === own.length) found.set(userId, verdict);
  }
  return found;
}

const hasCause = ({ level }: Verdict): boolean => level === 'proved' || level === 'likely';

function leadOf(verdicts: readonly Verdict[]): string {
  const onRecord = verdicts.every(({ evidence }) => evidence.length > 0);
  const sure = verdicts.every(({ level }) => level === 'proved');
  if (onRecord) return sure ? 'Records so far explain' : 'Records so far show a likely cause for';
  return sure ? 'The cause is known so far for' : 'A likely cause is known so far for';
}

const sentenceOf = (verdict: Verdict, context: ViewContext): string =>
  causeSentence(
    { ...verdict, kind: context.facts.incident.kind, actor: asKnown(verdict.actor, context) },
    verdict.groupId === null ? null : context.groupName(verdict.groupId),
    null,
    context.facts.auditingEnabled !== false,
    verdict.evidence.length > 0,
  );

import { namesLicensing } from '../attribution/causes/no-record.ts';
import { certainty, KNOWN_IN_PART } from '../attribution/certainty.ts';
import type { ServiceIssue } from '../audit/event.ts';
import { flappingSentence, isFlapping } from '../incident/flapping.ts';
import { asKnown } from './actor.ts';
import type { ViewContext } from './context.ts';
import { knownInPart } from './known-in-part.ts';
import type { IncidentView } from './view.ts';
import { type CauseInWords, causeInWords } from './wording.ts';

/** A story is told by its first sentences. */
const MAX_SENTENCES = 20;

const UPDATES = 'I’ll update this card.';

/** Why it happened, how sure that is, and the story behind it. */
export function causeOf(
  context: ViewContext,
): Pick<IncidentView, 'causeSentence' | 'certainty' | 'saysHowSure' | 'chain'> {
  const { incident, changes } = context.facts;
  const proved = changes.some(({ verdict }) => (verdict?.evidence.length ?? 0) > 0);
  const part = isFlapping(incident) ? null : knownInPart(context);
  const chain = chainOf(context);
  if (part !== null) {
    return { causeSentence: `${part} ${UPDATES}`, certainty: KNOWN_IN_PART, saysHowSure: false, chain };
  }
  const { sentence, says } = why(context);
  const sure = certainty(incident.level, proved);
  return { causeSentence: sentence, certainty: sure, saysHowSure: says === sure, chain };
}

function why(context: ViewContext): CauseInWords {
  const { incident, changes, auditingEnabled } = context.facts;
  const { sentence, says }: CauseInWords = isFlapping(incident)
    ? { sentence: flappingSentence(changes, (actor) => asKnown(actor, context)), says: null }
    : causeInWords(
        { ...incident, actor: asKnown(incident.actor, context) },
        incident.groupId === null ? null : context.groupName(incident.groupId),
        issuesOf(context)[0]?.id ?? null,
        auditingEnabled !== false,
        changes.every(({ verdict }) => (verdict?.evidence.length ?? 0) > 0),
      );
  const waits = incident.status === 'open' && incident.level === 'unexplained';
  return { sentence: waits ? `${sentence} ${UPDATES}` : sentence, says };
}

/** Microsoft's open issues that are about licensing or the directory. */
export const issuesOf = ({ facts }: ViewContext): ServiceIssue[] =>
  facts.serviceIssues.filter(namesLicensing);

/** The story, each sentence once, oldest first. What is not known is said once, by the cause and what was checked. */
function chainOf({ changes }: ViewContext): IncidentView['chain'] {
  const links = new Map<string, IncidentView['chain'][number]>();
  for (const { verdict } of changes) {
    if (!verdict) continue;
    const nothing = verdict.cause === 'unknown' && verdict.evidence.length === 0;
    for (const { at, what, evidence } of nothing ? verdict.chain.slice(0, -1) : verdict.chain) {
      const told = links.get(`${at} ${what}`)?.evidence ?? [];
      links.set(`${at} ${what}`, { at, what, evidence: [...new Set([...told, ...evidence])] });
    }
    if (links.size > 10 * MAX_SENTENCES) break;
  }
  return [...links.values()].sort((a, b) => a.at - b.at).slice(0, MAX_SENTENCES);
}

import { namesLicensing } from '../attribution/causes/no-record.ts';
import type { ServiceIssue } from '../audit/event.ts';
import { flappingSentence, isFlapping } from '../incident/flapping.ts';
import { asKnown } from './actor.ts';
import { knownInPart } from './known-in-part.ts';
import type { Sight } from './sight.ts';
import type { IncidentView } from './view.ts';
import { causeSentence, certainty } from './wording.ts';

/** A story is told by its first sentences. */
const MOST_SENTENCES = 20;

const UPDATES = 'I’ll update this card.';

/** Why it happened, how sure that is, and the story behind it. */
export function causeOf(sight: Sight): Pick<IncidentView, 'causeSentence' | 'certainty' | 'chain'> {
  const { incident, changes } = sight.facts;
  const proved = changes.some(({ verdict }) => (verdict?.evidence.length ?? 0) > 0);
  const part = isFlapping(incident) ? null : knownInPart(sight);
  return {
    causeSentence: part === null ? whySentence(sight) : `${part} ${UPDATES}`,
    certainty: part === null ? certainty(incident.level, proved) : 'Cause known in part',
    chain: chainOf(sight),
  };
}

function whySentence(sight: Sight): string {
  const { incident, changes, auditingEnabled } = sight.facts;
  const sentence = isFlapping(incident)
    ? flappingSentence(changes, (actor) => asKnown(actor, sight))
    : causeSentence(
        { ...incident, actor: asKnown(incident.actor, sight) },
        incident.groupId === null ? null : sight.groupName(incident.groupId),
        issuesOf(sight)[0]?.id ?? null,
        auditingEnabled !== false,
        changes.every(({ verdict }) => (verdict?.evidence.length ?? 0) > 0),
      );
  const waits = incident.status === 'open' && incident.level === 'unexplained';
  return waits ? `${sentence} ${UPDATES}` : sentence;
}

/** Microsoft's open issues that are about licensing or the directory. */
export const issuesOf = ({ facts }: Sight): ServiceIssue[] => facts.serviceIssues.filter(namesLicensing);

/** The story, each sentence once, oldest first. What is not known is said once, by the cause and what was checked. */
function chainOf({ changes }: Sight): IncidentView['chain'] {
  const links = new Map<string, IncidentView['chain'][number]>();
  for (const { verdict } of changes) {
    if (!verdict) continue;
    const nothing = verdict.cause === 'unknown' && verdict.evidence.length === 0;
    for (const { at, what, evidence } of nothing ? verdict.chain.slice(0, -1) : verdict.chain) {
      const told = links.get(`${at} ${what}`)?.evidence ?? [];
      links.set(`${at} ${what}`, { at, what, evidence: [...new Set([...told, ...evidence])] });
    }
    if (links.size > 10 * MOST_SENTENCES) break;
  }
  return [...links.values()].sort((a, b) => a.at - b.at).slice(0, MOST_SENTENCES);
}

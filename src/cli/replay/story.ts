import type { IncidentGroup } from '../../domain/alert/group.ts';
import { certainty } from '../../domain/attribution/certainty.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import { capitalised } from '../../domain/english.ts';
import { causeSentence, incidentTitle, REMOVAL_BLOCKED } from '../../domain/incident-view/wording.ts';
import { productName } from '../../domain/license/catalogue.ts';
import type { DetectedChange } from '../../domain/license/change.ts';
import { isRemovalBlocked } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import { utcMinute, utcSecond } from '../../domain/time-formats.ts';
import type { RecordedCase } from './case-folder.ts';
import { changeSentence, pathName, subjectOf } from './change-sentence.ts';
import type { ExplainedCase } from './explain-case.ts';

type Explained = ExplainedCase['changes'][number];

/**
 * The case as an investigator would read it: what was read and how far the logs reach, each incident with its
 * people and the dated chain of evidence behind it, and what changed without being worth an alert.
 */
export function toStory(recorded: RecordedCase, { changes, incidents }: ExplainedCase): string {
  const told = new Set(incidents.flatMap((incident) => incident.changes));
  const history = changes.filter((_, index) => !told.has(index));
  const sections = [
    [
      recorded.title || 'Recorded case',
      `Reads at ${utcMinute(recorded.observedBefore)} and ${utcMinute(recorded.observedAfter)} UTC. ${coverageOf(recorded)}`,
      ...serviceIssues(recorded),
    ],
    [headline(incidents.length, changes.length)],
    blockedRemovals(recorded),
    ...incidents.map((incident, index) =>
      incidentLines(
        incident,
        index + 1,
        incident.changes.flatMap((position) => changes[position] ?? []),
        recorded,
      ),
    ),
    history.length === 0
      ? []
      : [
          'History, not alerted:',
          ...history.flatMap(({ change, verdict }) => [
            `  ${subjectOf(change)}: ${changeSentence(change, recorded)}`,
            `    ${verdictOf(verdict)}`,
            ...chainLines([verdict], '    '),
          ]),
        ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headline(incidents: number, changes: number): string {
  if (changes === 0) return 'No license changed.';
  if (incidents === 0) return 'Nothing to tell the channel.';
  return incidents === 1 ? 'One incident:' : `${count(incidents, 'incident')}, the worst first:`;
}

function coverageOf(recorded: RecordedCase): string {
  const { auditingEnabled, coverage } = recorded;
  if (!auditingEnabled) return 'Auditing is off, so that no log can say who did it.';
  const told = coverage.map(({ source, completeTo }) =>
    completeTo === null
      ? `the ${LOG_NAMES[source]} was not read`
      : `the ${LOG_NAMES[source]} is complete to ${utcMinute(completeTo)}`,
  );
  if (told.length === 0) return 'No log was read.';
  const unread = recorded.refused.length;
  return unread === 0
    ? `${capitalised(told.join(', '))}.`
    : `${capitalised(told.join(', '))}, but ${unread === 1 ? 'one record' : count(unread, 'record')} could not be read: the logs are not complete.`;
}

const serviceIssues = ({ serviceIssues: issues }: RecordedCase): string[] =>
  issues.map(
    ({ id, title, status, startAt, endAt }) =>
      `Microsoft's ${id}, ${utcMinute(startAt)} to ${endAt === null ? 'now' : utcMinute(endAt)} (${status}): ${title}`,
  );

/** The title that the card would have, who it is about, and one chain of evidence for all of them. */
function incidentLines(
  incident: IncidentGroup,
  number: number,
  members: readonly Explained[],
  recorded: RecordedCase,
): string[] {
  const people = members.filter(({ change }) => change.userId !== null);
  const names = [...new Map(people.map(({ change }) => [change.userId, subjectOf(change)])).values()];
  const verdicts = members.map(({ verdict }) => verdict);
  const group = recorded.groups.find(({ id }) => id === incident.groupId)?.displayName ?? incident.groupId;
  const issue = verdicts.flatMap(({ advisories }) => advisories)[0] ?? null;
  const status = members.find(({ change }) => change.kind === 'subscription-changed')?.change.skuAfter;
  const products = incident.skuIds.map((skuId) => nameOf(skuId, members));
  const onRecord = verdicts.every(({ evidence }) => evidence.length > 0);
  return [
    `${number}. [${incident.severity}] ${incidentTitle(incident, names, products, status?.capabilityStatus ?? null)}`,
    `   ${certainty(incident.level, onRecord)} (${incident.cause}): ${causeSentence(incident, group, issue, recorded.auditingEnabled, onRecord)}`,
    ...members.map(({ change }) => `   - ${subjectOf(change)}: ${changeSentence(change, recorded)}`),
    ...chainLines(verdicts, '   '),
    ...advisoryLines(verdicts),
  ];
}

const nameOf = (skuId: string, members: readonly { change: DetectedChange }[]): string => {
  const own = members.find(({ change }) => change.skuId === skuId)?.change;
  return productName(skuId, (own?.skuAfter ?? own?.skuBefore)?.partNumber);
};

const verdictOf = ({ level, cause, actor, evidence }: Verdict): string =>
  `${certainty(level, evidence.length > 0)}: ${cause}${actor ? ` by ${actor.name ?? actor.id} (${actor.kind})` : ''}`;

/** Licenses that were to be removed and are still there: no change, and yet what somebody has to look at. */
const blockedRemovals = (recorded: RecordedCase): string[] =>
  recorded.usersAfter.flatMap(({ displayName, assignments }) =>
    assignments
      .filter(isRemovalBlocked)
      .map(
        ({ skuId, path }) =>
          `Removal blocked: ${displayName} still has ${productName(skuId)} (${pathName(path, recorded)}). ${REMOVAL_BLOCKED} (DependencyViolation).`,
      ),
  );

/** Every dated sentence once, oldest first, with the records that show it. */
function chainLines(verdicts: readonly Verdict[], indent: string): string[] {
  const links = verdicts.flatMap(({ chain }) => chain).sort((a, b) => a.at - b.at);
  const lines = links.map(({ at, what, evidence }) => {
    const records = evidence.length > 0 ? ` [${evidence.join(', ')}]` : '';
    return `${indent}${utcSecond(at)}  ${what}${records}`;
  });
  return [...new Set(lines)];
}

function advisoryLines(verdicts: readonly Verdict[]): string[] {
  const open = new Set(verdicts.flatMap(({ advisories }) => advisories));
  return open.size === 0 ? [] : [`   Open at Microsoft in this window: ${[...open].join(', ')}`];
}

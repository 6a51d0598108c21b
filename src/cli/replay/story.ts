import type { Verdict, VerdictLevel } from '../../domain/attribution/verdict.ts';
import type { IncidentGroup } from '../../domain/incident/group.ts';
import { productName } from '../../domain/license/catalogue.ts';
import type { DetectedChange } from '../../domain/license/change.ts';
import { DIRECT } from '../../domain/license/user-state.ts';
import type { RecordedCase } from './case-folder.ts';
import type { ExplainedCase } from './explain-case.ts';

const CERTAINTY: Readonly<Record<VerdictLevel, string>> = {
  proved: 'Proved',
  likely: 'Likely',
  unexplained: 'Not explained yet',
  unrecorded: 'No record exists',
};

/** The case as an investigator would read it: what was told, then each change with its chain of evidence. */
export function toStory(recorded: RecordedCase, { changes, incidents }: ExplainedCase): string {
  const lines = [
    recorded.title || 'Recorded case',
    `Reads at ${minute(recorded.observedBefore)} and ${minute(recorded.observedAfter)} UTC. ${coverageOf(recorded)}`,
    ...serviceIssues(recorded),
    '',
    incidents.length === 0
      ? 'Nothing to tell the channel.'
      : `${incidents.length === 1 ? 'One incident' : `${incidents.length} incidents`}, the worst first:`,
    ...incidents.map((incident) => `  ${incidentLine(incident)}`),
    '',
    changes.length === 0 ? 'Nothing changed.' : 'What changed:',
    ...changes.flatMap(({ change, verdict }) => changeLines(change, verdict, recorded)),
  ];
  return lines.join('\n');
}

function coverageOf({ auditingEnabled, coverage }: RecordedCase): string {
  if (!auditingEnabled) return 'Auditing is off.';
  const told = coverage.map(({ source, completeTo }) =>
    completeTo === null ? `${source} not read` : `${source} complete to ${minute(completeTo)}`,
  );
  return told.length === 0 ? 'No log was read.' : `Logs: ${told.join(', ')}.`;
}

const serviceIssues = ({ serviceIssues: issues }: RecordedCase): string[] =>
  issues.map(
    (issue) => `Microsoft's ${issue.id} since ${minute(issue.startAt)} (${issue.status}): ${issue.title}`,
  );

function incidentLine({ severity, kind, cause, userIds, skuIds, actor }: IncidentGroup): string {
  const users = userIds.length === 1 ? '1 user' : `${userIds.length} users`;
  const products = skuIds.map((skuId) => productName(skuId)).join(', ') || 'all licenses';
  const by = actor ? ` by ${actor.name ?? actor.id}` : '';
  return `[${severity}] ${kind}, ${users}, ${products}: ${cause}${by}`;
}

function changeLines(change: DetectedChange, verdict: Verdict, recorded: RecordedCase): string[] {
  return [
    `  ${subject(change)}: ${what(change)}${through(change, recorded)}`,
    `    ${CERTAINTY[verdict.level]}: ${verdict.cause}${verdict.actor ? ` by ${verdict.actor.name ?? verdict.actor.id}` : ''}`,
    ...verdict.chain.map(
      ({ at, what: sentence, evidence }) =>
        `    ${second(at)}  ${sentence}${evidence.length > 0 ? ` [${evidence.join(', ')}]` : ''}`,
    ),
    ...(verdict.advisories.length > 0
      ? [`    Open at Microsoft in this window: ${verdict.advisories.join(', ')}`]
      : []),
  ];
}

const subject = ({ user, userId }: DetectedChange): string => user?.displayName ?? userId ?? 'The tenant';

function what(change: DetectedChange): string {
  const product = (skuId: string | null): string =>
    productName(skuId ?? '', (change.skuAfter ?? change.skuBefore)?.partNumber);
  switch (change.kind) {
    case 'lost':
      return `lost ${product(change.skuId)}`;
    case 'gained':
      return `gained ${product(change.skuId)}`;
    case 'swap':
      return `changed from ${product(change.skuId)} to ${productName(change.newSkuId ?? '')}`;
    case 'path-changed':
      return `still has ${product(change.skuId)}, by another path`;
    case 'plans-changed':
      return `has other service plans of ${product(change.skuId)}`;
    case 'never-granted':
      return `was never given ${product(change.skuId)}`;
    case 'account-removed':
      return 'the account is gone, and its licenses with it';
    case 'account-restored':
      return 'the account is back with its licenses';
    case 'subscription-changed':
      return `the subscription of ${product(change.skuId)} changed`;
    case 'seats-changed':
      return `the seats of ${product(change.skuId)} changed`;
  }
}

function through({ path }: DetectedChange, { groups }: RecordedCase): string {
  if (path === null) return '';
  if (path === DIRECT) return ' (assigned directly)';
  return ` (through the group ${groups.find((group) => group.id === path)?.displayName ?? path})`;
}

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
const second = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

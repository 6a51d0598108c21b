import type { IncidentView } from '../../../domain/incident-view/view.ts';
import { numeral } from '../../../domain/numerals.ts';
import { markdownText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';
import type { Times } from '../times.ts';

type Source = IncidentView['checked']['sources'][number];

export type Fact = { title: string; value: string };

/** What was looked at before the card was sent: the questions that Microsoft's support would ask. */
export function checkedFacts(view: IncidentView, times: Times, fold: Fold): Fact[] {
  const { sources, auditingEnabled, serviceIssues, cloudUsers, syncedUsers } = view.checked;
  return [
    ...sources.map((source) => ({
      title: markdownText(source.name, fold.text),
      value: sourceText(source, times),
    })),
    { title: 'Auditing', value: auditingText(auditingEnabled) },
    { title: 'Service incidents', value: issuesText(serviceIssues, fold) },
    { title: 'Accounts', value: accountsText(cloudUsers, syncedUsers) },
  ];
}

function sourceText({ completeTo, trouble }: Source, times: Times): string {
  const read = completeTo === null ? 'never read' : `complete to ${times.short(completeTo)}`;
  if (!trouble) return read;
  const since = times.short(trouble.since);
  return trouble.kind === 'failing'
    ? `${read}; cannot be read since ${since}`
    : `${read}; has sent nothing since ${since}`;
}

/** Null where nothing tells: never "on" on a guess. */
function auditingText(enabled: boolean | null): string {
  if (enabled === null) return 'unknown';
  return enabled ? 'on' : 'off: the tenant records nothing';
}

/** For the person who compares with logs: exact times in UTC, and the incident's id. */
export function idFacts(view: IncidentView, times: Times): Fact[] {
  const story = view.chain
    .slice(0, 5)
    .map(({ at }, index) => ({ title: `Record ${index + 1}`, value: times.utc(at) }));
  return [
    { title: 'Last seen with', value: times.utc(view.observedBefore) },
    { title: 'First seen without', value: times.utc(view.observedAfter) },
    ...story,
    ...view.checked.sources.flatMap(({ name, completeTo }) =>
      completeTo === null
        ? []
        : [{ title: markdownText(name, 60), value: `complete to ${times.utc(completeTo)}` }],
    ),
    { title: 'Incident', value: markdownText(view.incidentId, 60) },
  ];
}

function issuesText(issues: IncidentView['checked']['serviceIssues'], fold: Fold): string {
  if (issues.length === 0) return 'none open';
  const shown = issues.slice(0, Math.min(3, fold.sentences));
  const more = issues.length - shown.length;
  const texts = shown.map(({ id, title, status }) => `${id}: ${title} (${status})`).join('; ');
  return markdownText(more > 0 ? `${texts}; and ${numeral(more)} more` : texts, fold.text);
}

function accountsText(cloud: number, synced: number): string {
  if (synced === 0) return 'cloud-only';
  if (cloud === 0) return synced === 1 ? 'synced from Active Directory' : 'all synced from Active Directory';
  return `${numeral(cloud)} cloud-only, ${numeral(synced)} synced from Active Directory`;
}

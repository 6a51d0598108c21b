import type { AlertNote, AlertReason } from '../../domain/alert/reason.ts';
import { isHidden } from '../../domain/alert/suppressed.ts';
import { DAY_MS, WEEK_MS } from '../../domain/durations.ts';
import { capitalised, listed } from '../../domain/english.ts';
import { count } from '../../domain/numerals.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { Query, TimeRange } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { watchedSince } from '../scope/reach.ts';
import { formatRange, formatTime, formatWindow } from '../times/times.ts';
import { REASON_TEXT } from '../words/alert-reason-text.ts';
import { changeText } from '../words/change-text.ts';
import { loadNames, type Names, thenAndNow, usersById } from '../words/names.ts';
import { numbered } from '../words/rule-text.ts';
import { findChanges } from './find-changes.ts';

const MAX_CHANGES = 500;
const MAX_READS = 500;

/** Changes that are usually an alert: people ask about these. */
const LOSSES: ReadonlySet<string> = new Set(['lost', 'never-granted', 'account-removed']);

/** What became of the alert about one change. */
type Outcome = { carded: boolean; sentence: string };

/** Why nobody was alerted about changes of somebody, or of a product: a week when no time is said. */
export async function noAlert(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const range = query.range ?? {
    from: now - (query.days === null ? WEEK_MS : query.days * DAY_MS),
    to: now + 1,
  };
  const all = await findChanges(store, query, range, MAX_CHANGES);
  const reads = await readsText(range, deps);
  if (all.length === 0) return nothingSeen(query, range, reads, deps);
  const names = await loadNames(store);
  const users = await usersById(
    store,
    all.flatMap(({ change }) => change.userId ?? []),
  );
  const latest = all.find(({ change }) => LOSSES.has(change.kind)) ?? all[0];
  const { shown, rest } = pageOf(all, query, deps);
  const asked = latest && !shown.includes(latest) ? [latest, ...shown] : shown;
  const outcomes = await outcomesOf(asked, deps);
  const outcomeOf = (one: ExplainedChange): Outcome => outcomes.get(one.change.id) ?? NOT_KEPT;
  const lead = latest ? leadOf(latest, outcomeOf(latest), users, names, deps) : '';
  return makeAnswer('no-alert', lead, {
    blocks: [
      ...pageTable(
        ['Seen', 'Who', 'What', 'Was there a card?'],
        shown.map((one) => [
          formatTime(one.change.observedAfter, deps),
          subject(one, users),
          changeText(one.change, names),
          capitalised(outcomeOf(one).sentence),
        ]),
      ),
      ...text(reads),
      ...utcOf(
        shown.map((one) => ({
          at: one.change.observedAfter,
          since: one.change.observedBefore,
          what: `${subject(one, users)} ${changeText(one.change, names)}`,
        })),
      ),
    ],
    next: nextSteps(query, users),
    ...rest,
  });
}

function leadOf(
  latest: ExplainedChange,
  { carded, sentence }: Outcome,
  users: ReadonlyMap<string, StoredUser>,
  names: Names,
  deps: AnswerDeps,
): string {
  const { change } = latest;
  const when = formatWindow(change.observedBefore, change.observedAfter, deps);
  const what = `${subject(latest, users)} ${changeText(change, names)} ${when}`;
  return carded
    ? `${what}, and there was an alert: ${sentence}.`
    : `${what}, and nobody was alerted: ${sentence}.`;
}

const NOT_KEPT: Outcome = {
  carded: false,
  sentence: 'the reason is not stored, as it was before reasons were kept, or more than 400 days ago',
};

/** What became of the alert about each of these changes, by the change's id. */
async function outcomesOf(
  changes: readonly ExplainedChange[],
  deps: AnswerDeps,
): Promise<Map<string, Outcome>> {
  const incidentIds = [...new Set(changes.flatMap(({ incidentId }) => incidentId ?? []))];
  const notes = await deps.store.alerts.about(
    changes.map(({ change }) => change.id),
    incidentIds,
  );
  const ofIncidents = new Map<string, Outcome>();
  for (const id of incidentIds) {
    const own = notes.filter(({ incidentId }) => incidentId === id);
    ofIncidents.set(id, await outcomeOfIncident(id, own, deps));
  }
  const rules = await ruleNames(deps);
  return new Map(
    changes.map(({ change, verdict, incidentId }): [string, Outcome] => {
      const own = notes.findLast(({ changeId }) => changeId === change.id);
      if (incidentId !== null) return [change.id, ofIncidents.get(incidentId) ?? NOT_KEPT];
      if (own) return [change.id, kept(own, rules, deps)];
      return [change.id, verdict === null ? SETTLING : NOT_KEPT];
    }),
  );
}

const SETTLING: Outcome = { carded: false, sentence: 'it waits for the end of its settle time' };

/** Reasons that say more than that a newer revision exists. */
const BESIDE: ReadonlySet<AlertReason> = new Set(['superseded', 'nothing-new', 'sealed']);

async function outcomeOfIncident(
  incidentId: string,
  notes: readonly AlertNote[],
  deps: AnswerDeps,
): Promise<Outcome> {
  const { store } = deps;
  const posted = notes.find(({ reason }) => reason === 'posted' || reason === 'found');
  const card = await store.outbox.postedCard(incidentId);
  if (posted || card) {
    const where = card?.target.name ?? posted?.detail ?? '';
    const at = formatTime(posted?.at ?? card?.postedAt ?? deps.now, deps);
    return { carded: true, sentence: `the card was posted${where === '' ? '' : ` in ${where}`} on ${at}` };
  }
  const rules = await ruleNames(deps);
  const last = notes.findLast(({ reason }) => !BESIDE.has(reason));
  if (last) return kept(last, rules, deps);
  const incident = await store.incidents.byId(incidentId);
  if (incident && isHidden(incident)) {
    return {
      carded: false,
      sentence: `${rules.get(incident.hiddenByRuleId ?? '') ?? 'a standing rule'} expects it`,
    };
  }
  return NOT_KEPT;
}

/** "rule 2 (leavers)" by the id of each rule. */
async function ruleNames({ store }: AnswerDeps): Promise<Map<string, string>> {
  const rules = numbered(await store.suppression.rules());
  return new Map(rules.map(({ rule, number }) => [rule.id, `rule ${number} (“${rule.reason}”)`]));
}

function kept(note: AlertNote, rules: ReadonlyMap<string, string>, deps: AnswerDeps): Outcome {
  return { carded: false, sentence: keptSentence(note, rules, deps) };
}

function keptSentence(
  { reason, ruleId, until, detail, at }: AlertNote,
  rules: ReadonlyMap<string, string>,
  deps: AnswerDeps,
): string {
  const noted = ` (decided ${formatTime(at, deps)})`;
  switch (reason) {
    case 'expected':
      return `${rules.get(ruleId ?? '') ?? 'a standing rule'} expects it${noted}`;
    case 'snoozed': {
      const end = until === null ? '' : ` until ${formatTime(until, deps)}`;
      return `a snooze covers it${end}${detail ? `: “${detail}”` : ''}${noted}`;
    }
    case 'refused':
    case 'undelivered':
      return `${REASON_TEXT[reason]}${detail ? `: ${detail.replace(/\.$/, '')}` : ''}${noted}`;
    default:
      return `${REASON_TEXT[reason]}${noted}`;
  }
}

/** There was no change: says so of the time that was watched, and of no other. */
async function nothingSeen(
  query: Query,
  range: TimeRange,
  reads: string | null,
  deps: AnswerDeps,
): Promise<Answer> {
  const { store } = deps;
  const users = [...(await usersById(store, query.people)).values()];
  const names = await loadNames(store);
  const about = [...users.map(({ state }) => state.displayName), ...query.skus.map(names.product)];
  const whose = about.length === 0 ? '' : ` of ${listed(about)}`;
  const first = users.length > 0 ? Math.min(...users.map(({ firstSeenAt }) => firstSeenAt)) : null;
  const since = first ?? (await watchedSince(deps));
  const to = Math.min(range.to, deps.now);
  const next = users.flatMap(({ state }) => [`history of ${state.userPrincipalName}`]).slice(0, 2);
  if (since === null) {
    const lead =
      'I cannot say: the tenant has not been read completely yet, so that no change could be seen.';
    return makeAnswer('no-alert', lead, { blocks: text(reads), next });
  }
  if (since >= to) {
    const lead = `I have watched licenses${whose} since ${formatTime(since, deps)}; before that I cannot say.`;
    return makeAnswer('no-alert', lead, { blocks: text(reads), next });
  }
  const when = formatRange({ from: Math.max(range.from, since), to }, deps);
  const before =
    range.from < since ? `I have watched since ${formatTime(since, deps)}; before that I cannot say.` : null;
  return makeAnswer(
    'no-alert',
    `No license change${whose} was seen ${when}, so there was nothing to alert anybody about.`,
    { blocks: [...text(before), ...text(reads)], next },
  );
}

/** "2 reads of the tenant in that time …": what happened then may have been seen later, or not at all. */
async function readsText(range: TimeRange, deps: AnswerDeps): Promise<string | null> {
  const notes = await deps.store.alerts.reads(range.from, range.to, MAX_READS);
  const last = notes.at(-1);
  if (!last) return null;
  const number = `${notes.length === MAX_READS ? 'At least ' : ''}${count(notes.length, 'read')}`;
  return `${number} of the tenant in that time did not count, so a change may have been seen later. The last one, ${formatTime(last.at, deps)}: ${last.detail ?? REASON_TEXT[last.reason]}`;
}

const subject = ({ change }: ExplainedChange, users: ReadonlyMap<string, StoredUser>): string =>
  change.userId === null
    ? 'The tenant'
    : thenAndNow(change.user?.displayName, users.get(change.userId)?.state.displayName);

const nextSteps = ({ people }: Query, users: ReadonlyMap<string, StoredUser>): string[] =>
  people
    .flatMap((id) => {
      const upn = users.get(id)?.state.userPrincipalName;
      return upn ? [`who changed the license of ${upn}`, `history of ${upn}`] : [];
    })
    .slice(0, 3);

import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { count } from '../../domain/numerals.ts';
import { kindsOf, notDone } from '../../language/details/decision-kinds.ts';
import type { Query } from '../../language/query.ts';
import type { About } from '../answer/about.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { reachOf } from '../scope/reach.ts';
import { formatRange, formatTime } from '../times/times.ts';
import { askedTexts } from '../words/asked-text.ts';
import { decisionText, outcomeText, skusWritten, WRITES } from '../words/decision-text.ts';
import { loadNames, usersById } from '../words/names.ts';
import { ruleText } from '../words/rule-text.ts';
import { subjectNames } from '../words/subjects.ts';

/** Without a time: of how many decisions the newest are picked that fit. */
const MAX_RECENT = 500;
/** Of a range, the newest so many that fit can be paged through; all are counted. */
const MAX_KEPT = 2_000;

/** Who decided what, when, for whom, and what came of it, newest first; of a range, a person, or the latest. */
export async function decisions(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const range = query.range ?? (query.days === null ? null : { from: now - query.days * DAY_MS, to: now });
  const deeds = query.deeds ?? [];
  const kinds = kindsOf(deeds);
  const incidentOf = incidentsOnce(deps);
  const found: Decision[] = [];
  let total = 0;
  const add = async (decision: Decision): Promise<void> => {
    if (kinds !== null && !kinds.includes(decision.kind)) return;
    if (!(await concerns(decision, query, incidentOf))) return;
    total++;
    found.push(decision);
    if (found.length > MAX_KEPT) found.shift();
  };
  if (range === null) {
    for (const decision of (await store.decisions.recent(MAX_RECENT)).toReversed()) await add(decision);
  } else {
    // What was decided at this very moment belongs to a range that ends now.
    const to = range.to === now ? now + 1 : range.to;
    for await (const chunk of store.decisions.between(range.from, to)) {
      for (const decision of chunk) await add(decision);
    }
  }
  const people = [...(await usersById(store, query.people)).values()].map(({ state }) => state.displayName);
  const about = people.length > 0 ? ` by or about ${listed(people)}` : '';
  // What was not watched is not "nobody"; what is in the log was decided, whenever that was.
  const reach = range && total === 0 ? await reachOf(range, [], deps) : null;
  const when = range === null ? '' : ` ${formatRange(reach?.range ?? range, deps)}`;
  const told =
    total === 0 ? `Nobody ${notDone(deeds)}${about}${when}.` : `${count(total, 'decision')}${about}${when}.`;
  const { shown, rest } = pageOf(found.toReversed(), query, deps);
  return makeAnswer('decisions', reach ? reach.lead(told) : told, {
    blocks: [
      ...pageTable(
        ['When', 'Who', 'What', 'Users', 'What came of it'],
        await rowsOf(shown, deps, incidentOf),
      ),
      ...utcOf(
        shown.map((decision) => ({
          at: decision.at,
          what: `${decision.by.name}: ${decisionText(decision, deps)}`,
        })),
      ),
    ],
    next: range === null ? ['what did the bot do last week', 'open incidents'] : ['show the decision log'],
    ...rest,
  });
}

type IncidentOf = (decision: Decision) => Promise<Incident | null>;

/** Several decisions are about one incident: it is read once. */
export function incidentsOnce({ store }: Pick<AnswerDeps, 'store'>): IncidentOf {
  const known = new Map<string, Promise<Incident | null>>();
  return async ({ incidentId }) => {
    if (incidentId === null) return null;
    const before = known.get(incidentId);
    if (before) return before;
    const loaded = store.incidents.byId(incidentId);
    known.set(incidentId, loaded);
    return loaded;
  };
}

/** Whether a decision is about what a query names, or was taken by whom it names. */
export async function concerns(
  decision: Decision,
  { people, skus, groups }: About,
  incidentOf: IncidentOf,
): Promise<boolean> {
  if (people.length + skus.length + groups.length === 0) return true;
  const incident = await incidentOf(decision);
  const { subject } = decision;
  const users = new Set([
    decision.by.aadObjectId,
    ...(decision.userIds ?? incident?.userIds ?? []),
    ...(subject?.kind === 'user' ? [subject.id] : []),
  ]);
  return (
    (people.length === 0 || people.some((id) => users.has(id))) &&
    (skus.length === 0 || skus.some((id) => subject?.id === id || incident?.skuIds.includes(id))) &&
    (groups.length === 0 || groups.some((id) => subject?.id === id || incident?.groupId === id))
  );
}

async function rowsOf(
  shown: readonly Decision[],
  deps: AnswerDeps,
  incidentOf: IncidentOf,
): Promise<string[][]> {
  const { store } = deps;
  const names = await loadNames(store);
  const rules = new Map((await store.suppression.rules()).map((rule) => [rule.id, rule]));
  const subjects = await subjectNames(
    deps,
    shown.flatMap(({ subject }) => subject ?? []),
  );
  const asked = await askedTexts(shown, deps, names);
  const rows: string[][] = [];
  for (const decision of shown) {
    const incident = await incidentOf(decision);
    const rule = rules.get(decision.about ?? '');
    const request = asked(decision);
    const steps = WRITES.has(decision.kind) ? await store.decisions.stepsOf(decision.id) : [];
    rows.push([
      formatTime(decision.at, deps),
      decision.by.name,
      request?.what ?? decisionText(decision, deps, skusWritten(steps).map(names.product)),
      decision.subject
        ? subjects.name(decision.subject)
        : rule && decision.kind !== 'approve'
          ? ruleText(rule.match, names)
          : await whoseNames(decision.userIds ?? incident?.userIds ?? [], deps),
      request?.outcome ??
        outcomeText(
          decision,
          steps,
          decision.kind === 'request' && decision.incidentId !== null
            ? (await store.decisions.byIncident(decision.incidentId)).filter(
                ({ about }) => about === decision.id,
              )
            : [],
        ),
    ]);
  }
  return rows;
}

const MAX_NAMES = 3;

/** "Rick, Adele and 12 others" */
async function whoseNames(userIds: readonly string[], { store }: AnswerDeps): Promise<string> {
  if (userIds.length === 0) return '';
  const users = await usersById(store, userIds.slice(0, MAX_NAMES));
  const named = userIds
    .slice(0, MAX_NAMES)
    .map((id) => users.get(id)?.state.displayName ?? 'an account that is gone');
  const others = userIds.length - named.length;
  return listed(others > 0 ? [...named, count(others, 'other')] : named);
}

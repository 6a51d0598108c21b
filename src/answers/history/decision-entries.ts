import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { askedTexts } from '../words/asked-text.ts';
import { decisionText, outcomeText, WRITES } from '../words/decision-text.ts';
import { loadNames } from '../words/names.ts';
import type { Entry } from './history-entries.ts';

/** A person in more incidents than this has other troubles; the newest are told. */
const MAX_INCIDENTS = 20;

/** What people decided about the incidents that somebody was in, as far as it was about them, with what came of it. */
export async function decisionEntries(
  { state: { id } }: StoredUser,
  changes: readonly ExplainedChange[],
  { store, ...deps }: AnswerDeps,
): Promise<Entry[]> {
  const incidentIds = [...new Set(changes.flatMap(({ incidentId }) => incidentId ?? []))];
  const told: Entry[] = [];
  for (const incidentId of incidentIds.slice(0, MAX_INCIDENTS)) {
    const decisions = await store.decisions.byIncident(incidentId);
    for (const decision of decisions) {
      if (decision.userIds !== null && !decision.userIds.includes(id)) continue;
      const steps = WRITES.has(decision.kind) ? await store.decisions.stepsOf(decision.id) : [];
      const own = steps.filter(({ userIds }) => userIds.includes(id));
      // An older decision about "all" names nobody: its steps say to whom it wrote.
      if (steps.length > 0 && own.length === 0) continue;
      const outcome = outcomeText(
        decision,
        own,
        decisions.filter(({ about }) => about === decision.id),
      );
      told.push({
        at: decision.at,
        what: `${decision.by.name}: ${decisionText(decision, deps)}`,
        detail: outcome === '' ? null : outcome,
      });
    }
  }
  return told;
}

/** How many of the newest decisions are looked through for requests about somebody. */
const MAX_RECENT = 500;

/** What was asked of a second operator for somebody, beside any incident, with what came of it. */
export async function askedEntries({ state: { id } }: StoredUser, deps: AnswerDeps): Promise<Entry[]> {
  const { store } = deps;
  const requests = (await store.decisions.recent(MAX_RECENT)).filter(
    ({ kind, incidentId, userIds }) => kind === 'request' && incidentId === null && userIds?.includes(id),
  );
  if (requests.length === 0) return [];
  const asked = await askedTexts(requests, deps, await loadNames(store));
  return requests.flatMap((decision) => {
    const told = asked(decision);
    return told ? [{ at: decision.at, what: `${decision.by.name}: ${told.what}`, detail: told.outcome }] : [];
  });
}

import { isHidden } from '../../domain/alert/suppressed.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';

/** Said of what a standing rule had expected: nobody was alerted, and the history tells it all the same. */
export const EXPECTED_BY_A_RULE = 'expected by a rule';

/** The ids of those of the changes that a standing rule expected. */
export async function expectedChanges(
  { incidents, suppression }: Pick<AnswerStore, 'incidents' | 'suppression'>,
  changes: readonly ExplainedChange[],
): Promise<ReadonlySet<string>> {
  const rules = await suppression.rules();
  if (rules.length === 0) return new Set();
  const byIncident = Map.groupBy(changes, ({ incidentId }) => incidentId);
  const expected = new Set<string>();
  for (const [incidentId, told] of byIncident) {
    const incident = incidentId === null ? null : await incidents.byId(incidentId);
    if (incident && isHidden(incident)) for (const { change } of told) expected.add(change.id);
  }
  return expected;
}

import type { Firing } from '../../domain/detection/evaluate.ts';
import type { RecordView } from '../../domain/detection/record-view.ts';
import { viewOf } from '../../domain/detection/records/view-of.ts';
import type { CorrelationRule, EventRule } from '../../domain/detection/rule.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { KeptRecord } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/** With less of an archive than this nobody can say what is usual, days. */
const ENOUGH_DAYS = 14;
/** Records of somebody's past that are looked through, the newest: who did it often did it lately. */
const LOOKED_AT = 500;

/** How far back we can look. */
export type Habit = {
  /** Whole days of archive, where they are too few; else null. */
  tooShort: number | null;
};

/** How far the archive goes back, for the question whether somebody ever did this before. */
export async function habitOf({ store, clock }: JobContext): Promise<Habit> {
  const from = await store.security.archiveFrom();
  const days = from === null ? 0 : Math.floor((clock.now() - from) / DAY_MS);
  return { tooShort: days < ENOUGH_DAYS ? Math.max(0, days) : null };
}

/**
 * Whether the same by the rule's labels was done before, within its days, as the archive tells. With too short an
 * archive nothing is routine.
 * @param own the records of the firing, the oldest first
 */
export async function isRoutine(
  context: JobContext,
  habit: Habit,
  rule: EventRule | CorrelationRule,
  firing: Firing,
  own: readonly KeptRecord[],
): Promise<boolean> {
  const { firstSeen } = rule;
  const [first] = own;
  if (firstSeen === null || habit.tooShort !== null || !first) return false;
  const wanted = labelsBy(viewOf(first.raw), firing, firstSeen.by);
  // Who cannot be named has no habit.
  if (wanted === null) return false;
  const { at } = first.event;
  const window = { from: at - firstSeen.days * DAY_MS, to: at };
  const isSame = (labels: Readonly<Record<string, string>>): boolean =>
    Object.entries(wanted).every(([name, text]) => labels[name]?.toLowerCase() === text);
  const { store, detector } = context;
  const matched = await store.security.matches([rule.id], { from: window.from, to: at - 1 }, LOOKED_AT);
  if (matched.some(({ labels }) => isSame(labels))) return true;
  if (rule.kind === 'correlation') return false;
  // Matches are kept since the rule is there; the archive goes back further.
  const past = await store.security.find({
    ...window,
    ...(firstSeen.by.includes('actor') && first.actorId !== null ? { actorIds: [first.actorId] } : {}),
    ...(rule.operations === null ? {} : { operations: [...rule.operations] }),
    limit: LOOKED_AT,
  });
  return past.some(({ raw, event }) => {
    if (!detector.matchesOf(raw, event.operation).some(({ ruleId }) => ruleId === rule.id)) return false;
    const labels = viewOf(raw)?.labels;
    return labels !== undefined && isSame(labels);
  });
}

/** The labels by which a rule asks, in lower case; null where one of them is missing. */
function labelsBy(
  view: RecordView | null,
  firing: Firing,
  by: readonly string[],
): Record<string, string> | null {
  const labels: Record<string, string> = {};
  for (const name of by) {
    const text = firing.labels[name] ?? view?.labels[name];
    if (text === undefined) return null;
    labels[name] = text.toLowerCase();
  }
  return by.length === 0 ? null : labels;
}

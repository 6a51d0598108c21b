import type { Found } from '../../domain/detection/alerts/found.ts';
import type { RuleMatch } from '../../domain/detection/evaluate.ts';
import { earlierNeeded, firingsOf } from '../../domain/detection/firings.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { StoredMatch } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { foundOf } from './found.ts';
import { raise } from './raise.ts';

/** Matches that are looked at in one transaction. */
const AT_ONCE = 1_000;
/** Earlier matches that decide with them: more than this of one rule in its time is a flood in any case. */
const MOST_EARLIER = 20_000;

/**
 * A record that was older than this when it came raises no card, ms. Both logs give out records for seven days, so
 * that after a week without us all are told; what is older was asked for, by a search or a file, and is history.
 */
export const TOLD_UP_TO_MS = 8 * DAY_MS;

/**
 * Makes alerts of what new records match: firings, then alerts of those that belong together, then cards. Each round
 * is one transaction, with the matches that it has looked at, so that a crash repeats nothing and loses nothing.
 * @returns how many matches were looked at
 */
export async function detect(context: JobContext, signal?: AbortSignal): Promise<number> {
  const { store, clock, metrics } = context;
  let looked = 0;
  for (;;) {
    if (signal?.aborted) return looked;
    const matches = await store.security.pending(AT_ONCE);
    const [first] = matches;
    if (!first) break;
    if (looked === 0) metrics.detectLag(Math.max(0, clock.now() - first.receivedAt));
    const found = await findingsOf(context, matches, signal);
    context.onStep('detect:found');
    // Somebody else has looked at these: what is left comes with the next run.
    if (!(await raise(context, found, { told: matches }))) return looked;
    looked += matches.length;
  }
  if (looked === 0) metrics.detectLag(0);
  return looked;
}

/** What new matches fire, with the words for it; nothing of what is too old to be told. */
async function findingsOf(
  context: JobContext,
  matches: readonly StoredMatch[],
  signal?: AbortSignal,
): Promise<Found[]> {
  const { store, detector } = context;
  const { ruleSet } = detector;
  // What was old when it came neither fires nor counts with what is new.
  const isTold = ({ at, receivedAt }: StoredMatch): boolean => receivedAt - at <= TOLD_UP_TO_MS;
  const fresh = matches.filter(isTold).map(({ receivedAt: _, ...match }): RuleMatch => match);
  const needed = earlierNeeded(ruleSet, fresh);
  const earlier = needed
    ? await store.security.matches(needed.ruleIds, { from: needed.from, to: needed.to }, MOST_EARLIER)
    : [];
  const firings = firingsOf(ruleSet, fresh, earlier);
  return foundOf(context, firings, new Set(fresh.map(({ recordId }) => recordId)), signal);
}

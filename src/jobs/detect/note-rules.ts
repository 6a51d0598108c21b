import type { RuleProblem } from '../../domain/detection/rule.ts';
import { numeral, plural } from '../../domain/numerals.ts';
import type { JobContext } from '../context.ts';

/** The run under which it stands whether all rules could be read. */
export const RULES_READ = 'detections-read';

/** More is read in the log, or with `license-watch detect`. */
const MOST_NAMED = 3;

/** Notes which rules are refused, for `status`, where that has changed. */
export async function noteRules({
  store,
  clock,
  detector,
}: Pick<JobContext, 'store' | 'clock' | 'detector'>): Promise<void> {
  const trouble = rulesTrouble(detector.ruleSet.problems);
  const last = await store.jobs.last(RULES_READ);
  if ((last?.detail ?? null) === trouble) return;
  await store.jobs.started(RULES_READ, clock.now());
  await store.jobs.finished(RULES_READ, clock.now(), trouble === null, trouble);
}

/** What is wrong among the rules, in a sentence or some; null where none is refused. */
export function rulesTrouble(problems: readonly RuleProblem[]): string | null {
  const refused = problems.filter(({ severity }) => severity === 'refused');
  if (refused.length === 0) return null;
  const named = refused
    .slice(0, MOST_NAMED)
    .map(({ file, line, message }) => `${file} line ${line}: ${message}`);
  const left = refused.length - named.length;
  const what = plural(refused.length, 'A file of detections is', `${numeral(refused.length)} detections are`);
  return `${what} refused, and the others go on. ${named.join(' ')}${left > 0 ? ` … and ${numeral(left)} more.` : ''}`;
}

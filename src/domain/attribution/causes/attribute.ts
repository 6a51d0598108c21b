import type { DetectedChange } from '../../license/change.ts';
import { Evidence } from '../evidence.ts';
import { type CauseRule, type Finding, mergeChains } from '../finding.ts';
import type { AttributionContext, ChainLink, Verdict } from '../verdict.ts';
import { accountChange } from './account.ts';
import { afterMembership } from './after-membership.ts';
import { assignmentError, failingBefore } from './assignment-error.ts';
import { halfSwapLink, missingHalf, swappersFrom } from './half-swap.ts';
import { recordedPaths } from './license-paths.ts';
import { noRecord, openIssues } from './no-record.ts';
import { ownWork } from './own-work.ts';
import { cutSeats, lapsedSubscription, microsoftChange, usageLocation } from './state-rules.ts';
import { tenantChange } from './tenant.ts';

/**
 * The families of causes in the order in which they are asked; the first answer stands. What the state itself
 * shows comes first, then records, then the rules that fit where no record can exist.
 */
const CAUSES: readonly CauseRule[] = [
  tenantChange,
  accountChange,
  assignmentError,
  recordedPaths,
  ownWork,
  afterMembership,
  usageLocation,
  lapsedSubscription,
  cutSeats,
  failingBefore,
  microsoftChange,
];

/**
 * Who and why, for each change, in the order given. Pure; the context's events may be in any order, with
 * copies and failures among them. The cost grows with the changes plus the events, never with their product.
 */
export function attribute(changes: readonly DetectedChange[], context: AttributionContext): Verdict[] {
  const evidence = new Evidence(context);
  const advisories = openIssues(context.serviceIssues, evidence.window).map((issue) => issue.id);
  const actorOf = (change: DetectedChange) => explain(change, evidence).actor;
  const swappers = once((skuId: string) => swappersFrom(skuId, evidence, actorOf));
  return changes.map((change) => {
    const finding = explain(change, evidence);
    const verdict = toVerdict(finding, finding.chain, advisories);
    const missing = missingHalf(change, verdict, evidence, swappers);
    if (missing === null) return verdict;
    const chain = [...finding.chain, halfSwapLink(change, missing, evidence)];
    return { ...toVerdict(finding, chain, advisories), missingSkuId: missing };
  });
}

function toVerdict(finding: Finding, links: ChainLink[], advisories: string[]): Verdict {
  const chain = mergeChains([links]);
  return {
    ...finding,
    chain,
    evidence: [...new Set(chain.flatMap((entry) => entry.evidence))],
    advisories,
  };
}

/** Answers each question once. */
function once<Answer>(ask: (question: string) => Answer): (question: string) => Answer {
  const answers = new Map<string, Answer>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = ask(question);
    answers.set(question, answer);
    return answer;
  };
}

function explain(change: DetectedChange, evidence: Evidence) {
  for (const rule of CAUSES) {
    const finding = rule(change, evidence);
    if (finding) return finding;
  }
  return noRecord(change, evidence);
}

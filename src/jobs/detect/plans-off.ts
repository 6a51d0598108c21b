import { certainty } from '../../domain/attribution/certainty.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import type { Found } from '../../domain/detection/alerts/found.ts';
import { plansOffIn } from '../../domain/detection/alerts/plans-off.ts';
import { TOLD_BY_STATE } from '../../domain/detection/alerts/told-by-state.ts';
import { listed } from '../../domain/english.ts';
import { productName } from '../../domain/license/catalogue.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import type { JobContext } from '../context.ts';

/** What is found by comparing two reads, with why it happened: core services and auditing switched off for somebody. */
export function plansOffFound(
  { detector }: Pick<JobContext, 'detector'>,
  changes: readonly LicenseChange[],
  verdictOf: (index: number) => Verdict,
): Found[] {
  const idOf = (name: string): string =>
    detector.ruleSet.events.find((rule) => rule.name === name)?.id ?? name;
  return changes.flatMap((change, index) => {
    const off = plansOffIn(change);
    const verdict = verdictOf(index);
    // What we wrote ourselves, somebody decided here.
    if (off === null || change.user === null || verdict.cause === 'license-watch') return [];
    const found: Found[] = [];
    if (off.services.length > 0) {
      const what = listed(off.services);
      const title = 'A core service was switched off inside a license';
      found.push({
        ...foundOf(change, verdict, { rule: idOf(TOLD_BY_STATE.core), level: 'low', title, what }),
        always: true,
      });
    }
    if (off.advancedAuditing) {
      const title = 'Advanced auditing was taken from somebody';
      const what = 'advanced auditing';
      found.push(
        foundOf(change, verdict, { rule: idOf(TOLD_BY_STATE.auditing), level: 'medium', title, what }),
      );
    }
    return found;
  });
}

type Says = { rule: string; level: 'low' | 'medium'; title: string; what: string };

function foundOf(change: LicenseChange, verdict: Verdict, { rule, level, title, what }: Says): Found {
  const { user, userId, skuId, observedAfter } = change;
  const name = user?.displayName || user?.userPrincipalName || (userId ?? '');
  const who = verdict.actor?.name ?? verdict.actor?.id ?? null;
  const sentence =
    who === null ? `${what} was switched off for ${name}` : `${who} switched off ${what} for ${name}`;
  return {
    firing: {
      rule,
      class: 'licensing',
      level,
      title,
      records: [...verdict.evidence],
      labels: { target: user?.userPrincipalName.toLowerCase() || (userId ?? '') },
      at: observedAfter,
    },
    counts: 'acts',
    fresh: [],
    words: {
      title: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`,
      facts: [
        { name: 'Still has', before: null, after: skuId === null ? 'the license' : productName(skuId) },
        { name: 'How sure', before: null, after: certainty(verdict.level, verdict.evidence.length > 0) },
      ],
      who,
      object: name,
      address: null,
      client: null,
    },
    userIds: userId === null ? [] : [userId],
    strangers: 0,
    watchedDays: null,
  };
}

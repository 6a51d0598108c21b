import type { Firing } from '../evaluate.ts';

/** Texts that belong to labels are compared as people write them: in any case. */
const part = ([name, text]: readonly [string, string]): string => `${name}=${text.toLowerCase()}`;

/** What firings must share to be told by one card: the rule and its labels, never texts or counts. */
export const identityOf = ({ rule, labels }: Pick<Firing, 'rule' | 'labels'>): string =>
  [
    rule,
    ...Object.entries(labels)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(part),
  ].join('|');

/** What many alerts of one rule share that come at once: who did it, or, of several people, the rule alone. */
export const floodIdentityOf = (rule: string, actor: string | null): string =>
  actor === null ? `${rule}|flood` : `${rule}|flood|${part(['actor', actor])}`;

/** Who did it, as the labels name them; null where they name nobody. */
export const actorOf = (labels: Readonly<Record<string, string>>): string | null => labels.actor ?? null;

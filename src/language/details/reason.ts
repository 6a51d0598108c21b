/** What comes between what is to be done and why, in the languages of the lexicon. A time such as 14:00 has no space. */
const BETWEEN =
  / ?(?:: |[;–—] ?|,? - |,? (?:because|since it|as it|due to|weil|wegen|omdat|vanwege|parce qu[e’']|porque|debido a) ?)(?=\S)/iu;

/** A sentence without the reason at its end, and the reason: "snooze E3 until Friday: known migration". */
export type Reasoned = { said: string; reason: string | null };

/** Cuts the reason off a sentence. */
export function splitReason(text: string): Reasoned {
  // One space for many: a pattern that allows several beside each other takes time in their number cubed.
  const sentence = text.replace(/\s+/g, ' ');
  const match = BETWEEN.exec(sentence);
  if (!match || match.index === 0) return { said: sentence, reason: null };
  const reason = sentence
    .slice(match.index + match[0].length)
    .trim()
    .replace(/\.$/, '');
  return { said: sentence.slice(0, match.index), reason: reason === '' ? null : reason };
}

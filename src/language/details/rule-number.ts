/** "rule 2", "rule #2", "rule no. 2", "Regel 2": a rule by its number. */
const NUMBERED =
  /\b((?:rules?|regel|regla|r[eè]gle|regola|regra)\s*(?:no\.?|nr\.?|number)?\s*#?)(\d{1,4})\b/iu;

/** The number of the rule that a sentence names; null when it names none. */
export function ruleNumberIn(sentence: string): number | null {
  const said = NUMBERED.exec(sentence)?.[2];
  return said === undefined ? null : Number(said);
}

/** The sentence with spaces for the number: "rule 2 until 5 March" is about no days from the 2nd to the 5th. */
export const withoutRuleNumber = (sentence: string): string =>
  sentence.replace(NUMBERED, (_all, rule: string, number: string) => rule + ' '.repeat(number.length));

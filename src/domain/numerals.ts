const RULES = new Intl.PluralRules('en');

/** Writes a number as people read it: "14,989". */
export const numeral = (value: number): string => value.toLocaleString('en');

/** Chooses the word that goes with a number: `plural(1, 'is', 'are')` is "is", of any other number "are". */
export const plural = <Text extends string>(value: number, one: Text, many: Text): Text =>
  RULES.select(value) === 'one' ? one : many;

/** Counts things: "1 user", "14,989 users"; what does not end in "s" is given: `count(2, 'person', 'people')`. */
export const count = (value: number, noun: string, nouns = `${noun}s`): string =>
  `${numeral(value)} ${plural(value, noun, nouns)}`;

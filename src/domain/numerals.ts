/** A number as people read it: "14,989". */
export const numeral = (value: number): string => value.toLocaleString('en');

/** "1 user", "14,989 users". */
export const count = (value: number, noun: string): string =>
  `${numeral(value)} ${noun}${value === 1 ? '' : 's'}`;

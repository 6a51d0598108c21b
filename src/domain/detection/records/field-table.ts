import type { FieldValue } from '../record-view.ts';
import type { Facts } from './facts.ts';

export type Values = readonly FieldValue[] | undefined;

/** Fields of our own by their names in lower case; undefined where a record has nothing to say. */
export type FieldTable = Readonly<Record<string, (facts: Facts) => Values>>;

/** One value, or none where it is null. */
export const one = (value: FieldValue | undefined): Values =>
  value === null || value === undefined ? undefined : [value];

/** A list, or none where it is empty. */
export const some = (values: readonly string[]): Values => (values.length === 0 ? undefined : values);

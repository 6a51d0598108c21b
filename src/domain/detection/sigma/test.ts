import type { Subject } from './subject.ts';

/** A question about a record, with what is known of the answer before the record is read. */
export type Test = {
  holds(subject: Subject): boolean;
  /** False when no record of this operation (normalised, lower case) can make it hold. */
  canHold(operation: string): boolean;
  /** The only operations for which it can hold; null when it does not fix them. */
  operations: ReadonlySet<string> | null;
};

const someone = (): boolean => true;

/** A test that says nothing of the operation. */
export const testOf = (holds: (subject: Subject) => boolean): Test => ({
  holds,
  canHold: someone,
  operations: null,
});

export function allOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return {
    holds: (subject) => tests.every((test) => test.holds(subject)),
    canHold: (operation) => tests.every((test) => test.canHold(operation)),
    operations: tests.reduce<ReadonlySet<string> | null>(
      (fixed, { operations }) =>
        fixed === null || operations === null ? (fixed ?? operations) : fixed.intersection(operations),
      null,
    ),
  };
}

export function anyOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return {
    holds: (subject) => tests.some((test) => test.holds(subject)),
    canHold: (operation) => tests.some((test) => test.canHold(operation)),
    operations: tests.every(({ operations }) => operations !== null)
      ? new Set(tests.flatMap(({ operations }) => [...(operations ?? [])]))
      : null,
  };
}

/** At least so many of them hold. */
export function someOf(needed: number, tests: readonly Test[]): Test {
  if (needed <= 1) return anyOf(tests);
  return {
    ...anyOf(tests),
    holds(subject) {
      let found = 0;
      return tests.some((test) => test.holds(subject) && ++found >= needed);
    },
  };
}

/** What does not hold tells nothing of the operation: another field may have failed. */
export const not = (test: Test): Test => testOf((subject) => !test.holds(subject));

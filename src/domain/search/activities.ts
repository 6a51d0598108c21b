/** What audit records tell of, by Microsoft's names of operations: which activity it is, and how it reads. */
import table from './operations.json' with { type: 'json' };

/** Activities that only what a record says tells, not its operation alone. */
const BY_CONTENT = ['shared-outside', 'forwarding'] as const;

export type Activity = keyof typeof table | (typeof BY_CONTENT)[number];

type Known = { activity: Activity; says: string };

const KNOWN: ReadonlyMap<string, Known> = new Map(
  Object.entries(table).flatMap(([activity, operations]) =>
    Object.entries(operations).map(([operation, says]): [string, Known] => [
      operation.toLowerCase(),
      { activity: activity as Activity, says },
    ]),
  ),
);

/** The names of all activities. */
export const ACTIVITIES: readonly Activity[] = [
  ...(Object.keys(table) as (keyof typeof table)[]),
  ...BY_CONTENT,
];

/** How many operations have words of their own. */
export const KNOWN_OPERATIONS = KNOWN.size;

/** The activity that an operation is by its name; undefined where nobody knows it. @param operation normalised */
export const activityOf = (operation: string): Activity | undefined =>
  KNOWN.get(operation.toLowerCase())?.activity;

/**
 * What a record says was done, without who did it: "deleted Budget.xlsx". An operation that nobody knows is told by
 * its own name, in words. @param labels as `RecordView.labels` has them
 */
export function deedInWords(operation: string, labels: Readonly<Record<string, string>>): string {
  const says = KNOWN.get(operation.toLowerCase())?.says;
  if (says === undefined) return unknownDeed(operation, labels);
  return says
    .replace(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, label: string) =>
      labels[label] === undefined ? '' : part,
    )
    .replace(/\{(\w+)(?:\|([^}]*))?\}/g, (_, label: string, otherwise?: string) => {
      const said = labels[label] ?? otherwise ?? 'unknown';
      return said.length > 120 ? `${said.slice(0, 119)}…` : said;
    })
    .trim();
}

/** `Set-FooBar` and `SomethingNewHappened` in words: “Set foo bar”, “Something new happened”. */
export function operationInWords(operation: string): string {
  const words = operation
    .replace(/[-_.]+/g, ' ')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word, index) => (index === 0 || /^\p{Lu}{2,}/u.test(word) ? word : word.toLowerCase()));
  return words.length === 0 ? 'something without a name' : words.join(' ');
}

function unknownDeed(operation: string, { target }: Readonly<Record<string, string>>): string {
  const on = target === undefined ? '' : `, on ${target.length > 120 ? `${target.slice(0, 119)}…` : target}`;
  return `did: ${operationInWords(operation)}${on}`;
}

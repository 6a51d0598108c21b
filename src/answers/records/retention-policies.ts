import { inScope } from '../../domain/access/scope.ts';
import type { RetentionPolicy } from '../../domain/archive/retention.ts';
import { recordTypeName } from '../../domain/audit/record-types.ts';
import { capitalised, listedUpTo } from '../../domain/english.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { LegalHold } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { pageTable, text } from '../answer/make-answer.ts';
import { type Page, pageOf } from '../answer/paging.ts';
import { formatTime } from '../times/times.ts';

const MAX_NAMES = 3;
const MAX_HOLDS = 20;

/** What the archive is kept by, for an answer; `rest` has the other pages of many policies. */
type Kept = { blocks: AnswerBlock[]; rest: Page<RetentionPolicy>['rest'] };

/**
 * The retention policies in force in their order, and who is on legal hold: auditors and owners read the names in
 * their personal chat, all others how many there are. Says when the file of policies cannot be used.
 */
export async function retentionPolicies(query: Query, deps: AnswerDeps): Promise<Kept> {
  const { keeping } = deps;
  if (keeping === null) return { blocks: [], rest: {} };
  const policies = await keeping.policies();
  const holds = holdsText(await keeping.holds(), deps);
  if (typeof policies === 'string') return { blocks: [...text(policies), ...text(holds)], rest: {} };
  const { shown, rest } = pageOf(policies, query, deps);
  const special = policies.length - 1;
  const order =
    special === 0
      ? 'No policy keeps some records for a time of its own: AUDIT_RETENTION_DAYS is for all.'
      : `${capitalised(count(special, 'policy', 'policies'))} ${special === 1 ? 'keeps' : 'keep'} some records for a time of ${special === 1 ? 'its' : 'their'} own. Of those that take a record, the lowest priority number counts.`;
  return {
    blocks: [
      ...text(order),
      ...pageTable(
        ['Priority', 'Policy', 'What it takes', 'Kept'],
        shown.map((policy) => [
          policy === policies.at(-1) ? 'last' : numeral(policy.priority),
          policy.name,
          takenBy(policy, deps),
          policy.days === null ? 'without an end' : count(policy.days, 'day'),
        ]),
      ),
      ...text(holds),
    ],
    rest,
  };
}

/** "Sign-ins of the board. Record types AzureActiveDirectoryStsLogon; users ceo@contoso.com" */
function takenBy({ description, recordTypes, operations, users }: RetentionPolicy, deps: AnswerDeps): string {
  const seesAll = deps.keeping?.sees === null;
  const parts = [
    part('record type', recordTypes.map(recordTypeName)),
    part('operation', operations),
    // Who is named in a policy may be outside the administrative units of the asker.
    seesAll ? part('user', users) : users.length === 0 ? null : count(users.length, 'user'),
  ].filter((said) => said !== null);
  const takes = capitalised(parts.join('; '));
  const about = description === '' || takes === '' ? description : `${description.replace(/\.$/, '')}. `;
  return about + takes || 'All records';
}

const part = (what: string, names: readonly string[]): string | null =>
  names.length === 0 ? null : `${what}${names.length === 1 ? '' : 's'} ${listedUpTo(names, MAX_NAMES)}`;

function holdsText(holds: readonly LegalHold[], deps: AnswerDeps): string {
  const { keeping } = deps;
  if (holds.length === 0) return 'Nobody is on legal hold.';
  const people = capitalised(count(holds.length, 'person', 'people'));
  const lead = `${people} ${holds.length === 1 ? 'is' : 'are'} on legal hold`;
  const kept = 'No policy removes an audit record that names somebody on hold.';
  if (!keeping?.namesHolds) return `${lead}. ${kept}`;
  const seen = holds.filter(({ personId }) => inScope(keeping.sees, personId));
  const named = seen.map(
    (hold) => `${nameOf(hold, deps)} (since ${formatTime(hold.since, deps)}${because(hold)})`,
  );
  const hidden = holds.length - seen.length;
  const left = Math.max(0, named.length - MAX_HOLDS);
  const who = [
    ...named.slice(0, MAX_HOLDS),
    ...(left === 0 ? [] : [`${numeral(left)} more: “license-watch person holds” lists them`]),
    ...(hidden === 0 ? [] : [`${numeral(hidden)} outside your administrative units`]),
  ];
  return `${lead}: ${who.join('; ')}. ${kept}`;
}

const because = ({ reason }: LegalHold): string => (reason === '' ? '' : `, “${reason}”`);

/** The name of the directory; of somebody who is not in it any more, the address that the hold names. */
const nameOf = ({ personId, names }: LegalHold, { directory }: AnswerDeps): string =>
  directory.people.find(({ id }) => id === personId)?.displayName ??
  names.find((name) => name.includes('@')) ??
  personId;

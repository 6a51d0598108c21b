import { actorName } from '../attribution/actor-text.ts';
import { NO_RECORD_EXISTS, NOT_KNOWN_YET } from '../attribution/certainty.ts';
import type { Cause, VerdictLevel } from '../attribution/verdict.ts';
import { listedUpTo } from '../english.ts';
import type { Incident } from '../incident/incident.ts';
import { count, plural } from '../numerals.ts';

/** "3 users" or, for a single one whose name may be told, the name. */
function who(userNames: readonly string[], noun: string, unnamed: number): string {
  const all = userNames.length + unnamed;
  return (all === 1 ? userNames[0] : undefined) ?? count(all, noun);
}

/** What Microsoft's capability statuses mean for the people who have the license. */
const SUBSCRIPTION_NOW: Readonly<Record<string, string>> = {
  Warning: 'has run out and is in its grace period',
  Suspended: 'is suspended',
  LockedOut: 'is locked out',
  Deleted: 'is deleted',
};

/**
 * The first line of an incident: how many users and which product.
 * @param users display names of the users
 * @param products product names of the SKUs
 * @param subscription the capability status that the subscription has now, where it changed
 * @param unnamed how many more users there are, whose names are not told
 */
export function incidentTitle(
  incident: Pick<Incident, 'kind'>,
  users: readonly string[],
  products: readonly string[],
  subscription: string | null = null,
  unnamed = 0,
): string {
  const product = listedUpTo(products, 2);
  const all = users.length + unnamed;
  switch (incident.kind) {
    case 'account-removed':
      return `${who(users, 'account', unnamed)} ${plural(all, 'was', 'were')} deleted`;
    case 'never-granted':
      return `${who(users, 'user', unnamed)} did not get ${product}`;
    case 'subscription-changed':
      return all === 0
        ? `${product}: the subscription ${SUBSCRIPTION_NOW[subscription ?? ''] ?? 'has changed'}`
        : `${who(users, 'user', unnamed)} lost ${product}: its subscription has ended`;
    case 'seats-changed':
      return `${product} has fewer seats than are assigned`;
    default:
      return `${who(users, 'user', unnamed)} lost ${product}`;
  }
}

/** What is so once an incident is over. Takes what `incidentTitle` takes. */
export function restoredTitle(
  incident: Pick<Incident, 'kind'>,
  users: readonly string[],
  products: readonly string[],
  unnamed = 0,
): string {
  const all = users.length + unnamed;
  const product = listedUpTo(products, 2);
  const have = `${who(users, 'user', unnamed)} ${plural(all, 'has', 'have')} ${product}`;
  switch (incident.kind) {
    case 'account-removed':
      return `${who(users, 'account', unnamed)} ${plural(all, 'is', 'are')} back`;
    case 'never-granted':
      return have;
    case 'seats-changed':
      return `${product} has seats enough again`;
    case 'subscription-changed':
      return all === 0 ? `the subscription of ${product} is back` : `${have} again`;
    default:
      return `${have} again`;
  }
}

/** The first line of an incident about a license that goes and comes. Takes what `incidentTitle` takes. */
export const flappingTitle = (
  _incident: Pick<Incident, 'kind'>,
  users: readonly string[],
  products: readonly string[],
  unnamed = 0,
): string =>
  `${listedUpTo(products, 2)} of ${who(users, 'user', unnamed)} is removed and given back again and again`;

/** The first line of an incident about people who lost a product and did not get the one in its place. */
export const halfSwapTitle = (
  users: readonly string[],
  products: readonly string[],
  missing: string,
  unnamed = 0,
): string =>
  `Swap half done: ${who(users, 'user', unnamed)} lost ${listedUpTo(products, 2)} and did not get ${missing}`;

/** Why a license that was to go is still there, and what to do. */
export const REMOVAL_BLOCKED =
  'Another license needs a plan of it: remove or change that one, then have the licenses reprocessed';

/** What is known about a cause. `says`: how sure we are, where the sentence itself says it. */
export type CauseInWords = { sentence: string; says: string | null };

/** What we know about the cause, in a sentence or two. Takes what `causeInWords` takes. */
export const causeSentence = (...known: Parameters<typeof causeInWords>): string =>
  causeInWords(...known).sentence;

/**
 * What we know about the cause, in a sentence or two, and whether it says how sure that is.
 * @param groupName the group behind it, when there is one
 * @param issue the service issue behind it, when there is one
 * @param onRecord whether records tell of it, where they do not tell who set it off
 */
export function causeInWords(
  incident: Pick<Incident, 'cause' | 'level' | 'actor' | 'kind'>,
  groupName: string | null,
  issue: string | null,
  auditingEnabled: boolean,
  onRecord = false,
): CauseInWords {
  const actor = actorName(incident.actor);
  const group = groupName ? `the group ${groupName}` : 'a licensing group';
  const sentences: Record<Cause, string | CauseInWords> = {
    'admin-action':
      incident.kind === 'account-removed' ? `${actor} deleted them.` : `${actor} removed the license.`,
    'self-service': `${actor} changed their own license.`,
    'group-membership': `${actor} changed who is in ${group}; the license followed.`,
    'group-license': `${actor} changed the licenses of ${group}.`,
    'dynamic-rule': `${actor} changed an attribute or the rule by which ${group} chooses its members.`,
    'group-deleted': `${actor} deleted ${group}.`,
    'directory-sync':
      incident.kind === 'account-removed'
        ? 'Left the scope of the directory sync from on-premises Active Directory.'
        : 'The directory sync from on-premises Active Directory did it.',
    'subscription-lifecycle': 'The subscription has run out or was cancelled.',
    billing:
      'The number of seats was changed in billing or by the partner; Microsoft logs no actor for that.',
    'seat-shortage': 'There are not enough seats.',
    'usage-location':
      'The usage location was changed or cleared; Entra audit logs no license event for that.',
    'assignment-error': 'Microsoft could not apply the license.',
    'account-deleted': `${actor} deleted ${incident.kind === 'account-removed' ? 'them' : 'the account'}.`,
    'account-restored': `${actor} restored the account.`,
    'service-incident': {
      sentence: `${NO_RECORD_EXISTS} in either log. ${issue === null ? 'A Microsoft service incident' : `Microsoft service incident ${issue}`} was open at the time.`,
      says: NO_RECORD_EXISTS,
    },
    'microsoft-change': 'Microsoft changed the product itself.',
    automation: `The app ${actor} did it.`,
    'license-watch': 'License Watch did it, on somebody’s decision.',
    unknown:
      groupName === null
        ? onRecord
          ? carriedOutSentence(incident.level, issue)
          : unknownSentence(incident.level, issue, auditingEnabled)
        : stoppedGiving(incident, groupName, issue),
  };
  const known = sentences[incident.cause];
  return typeof known === 'string' ? { sentence: known, says: null } : known;
}

const openThen = (issue: string | null): string =>
  issue === null ? '' : ` Microsoft service incident ${issue} was open at the time.`;

/** The licensing service is on record, and what made it act is not. It is never the answer to who. */
function stoppedGiving(
  { kind, level }: Pick<Incident, 'kind' | 'level'>,
  groupName: string,
  issue: string | null,
): string {
  const what = kind === 'gained' ? 'began to give it' : 'stopped giving it';
  const missing = level === 'unrecorded' ? 'is in no log' : 'is not in the log yet';
  return `The group ${groupName} ${what}; the event behind that ${missing}.${openThen(issue)}`;
}

/** Only the service that carried it out is on record, and it is never the answer to who. */
const carriedOutSentence = (level: VerdictLevel, issue: string | null): string =>
  `Microsoft’s licensing service carried it out; who set it off is in no record${level === 'unrecorded' ? '' : ' yet'}.${openThen(issue)}`;

function unknownSentence(
  level: VerdictLevel,
  issue: string | null,
  auditingEnabled: boolean,
): string | CauseInWords {
  const advisory = openThen(issue);
  if (!auditingEnabled)
    return `Auditing is switched off in this tenant, so no log can say who did it.${advisory}`;
  if (level === 'unrecorded') return `Both logs are complete, and neither has a record of it.${advisory}`;
  return {
    sentence: `${NOT_KNOWN_YET}: no audit record so far. Microsoft’s logs can lag by hours.${advisory}`,
    says: NOT_KNOWN_YET,
  };
}

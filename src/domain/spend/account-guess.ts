import type { UserState } from '../license/user-state.ts';

/** What an account seems to be; `person` where nothing tells otherwise. */
export type AccountKind = 'person' | 'guest' | 'shared' | 'service' | 'emergency';

/** A guess, and what it rests on: a phrase that completes "because …". */
export type AccountGuess = { kind: AccountKind; because: string };

type Named = Pick<UserState, 'displayName' | 'givenName' | 'surname' | 'userPrincipalName' | 'userType'>;

/** Names by which accounts of a kind usually go: in the display name, or at the beginning of the sign-in name. */
const NAMES: readonly { kind: AccountKind; display: RegExp; login: RegExp }[] = [
  {
    kind: 'emergency',
    display:
      /break[\s-]?glass|emergency (?:access|account|admin)|notfall(?:konto|zugang)|nood(?:account|toegang)/i,
    login: /^(?:break[-_.]?glass|emergency|bg[-_.]?admin)/i,
  },
  {
    kind: 'service',
    display:
      /\b(?:service|system|technical) account\b|^svc\b|directory synchronization service|dienstkonto|serviceaccount/i,
    login:
      /^(?:svc|srv|service|sa|app|api|bot|sync|automation|scanner|scan|printer|print|smtp|relay|backup|noreply|no-reply|do-?not-?reply)(?:[-_.]|\d*@|$)/i,
  },
  {
    kind: 'shared',
    display:
      /\b(?:conf(?:erence)?|meeting|board|huddle|training)[\s-]*room\b|\bshared mailbox\b|\b(?:kiosk|front desk|reception desk)\b|\b(?:vergader(?:zaal|ruimte)|besprechungs?raum|konferenzraum|salle de (?:réunion|conférence)|sala de (?:reuniones|juntas))\b|^room\b/i,
    login: /^(?:room|conf|meeting|mtr|boardroom|huddle|kiosk|shared|mailbox)(?:[-_.]|\d*@|$)/i,
  },
];

/** Mailboxes of a task are named so; a person has a given name and a surname beside it. */
const OF_A_TASK =
  /^(?:info|sales|support|helpdesk|servicedesk|contact|office|hello|jobs|careers|billing|invoices?|accounts?|orders?|marketing|press|privacy|security|postmaster|abuse|reception)@/i;

/**
 * What an account seems to be. Graph tells a guest for certain; of a mailbox or a service it tells nothing, so that
 * names are all there is, and the answer has to say so.
 * @param holdsResourceProduct whether it holds a license that is made for rooms or shared devices
 */
export function guessAccount(user: Named, holdsResourceProduct: boolean): AccountGuess {
  const { displayName, givenName, surname, userPrincipalName, userType } = user;
  if (holdsResourceProduct)
    return { kind: 'shared', because: 'it holds a license for rooms or shared devices' };
  for (const { kind, display, login } of NAMES) {
    if (display.test(displayName)) return { kind, because: 'of its display name' };
    if (login.test(userPrincipalName)) return { kind, because: 'of its sign-in name' };
  }
  if (!givenName && !surname && OF_A_TASK.test(userPrincipalName)) {
    return { kind: 'shared', because: 'of its sign-in name, and it names no person' };
  }
  if (userType?.toLowerCase() === 'guest') return { kind: 'guest', because: 'Microsoft says so' };
  return { kind: 'person', because: 'nothing says otherwise' };
}

/** Whether somebody named the account as one to leave alone. `spared` holds object ids and sign-in names, lower case. */
export const isSpared = (
  { id, userPrincipalName }: Pick<UserState, 'id' | 'userPrincipalName'>,
  excluded: ReadonlySet<string>,
): boolean => excluded.has(id) || excluded.has(userPrincipalName.toLowerCase());

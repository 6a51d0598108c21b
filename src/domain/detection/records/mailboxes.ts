/** Who is in whose mailbox, and who may be from now on. */
import { isServiceAccount } from './acting.ts';
import { type Facts, parameterOf } from './facts.ts';
import { type FieldTable, one, some } from './field-table.ts';
import { type Fields, fieldOf, fieldsIn, objectOf, textOf, truthOf } from './loose.ts';

/** `other`: a person who is not the owner, without a logon type that says more. */
export type MailboxAccess = 'owner' | 'admin' | 'delegate' | 'app' | 'service' | 'other';

const SERVICE_SID = /^S-1-5-(18|19|20)$/i;

/** `LogonType` of the Management Activity API: 1 administrator, 2 delegate, 6 delegated administrator (partner). */
const ADMINS: ReadonlySet<number> = new Set([1, 6]);
const DELEGATE = 2;
const APPLICATION = 5;

/** How somebody is in a mailbox; null for a record that is about none. */
export function mailboxAccess(facts: Facts): MailboxAccess | null {
  const text = (name: string): string | null => textOf(fieldOf(facts.raw, name));
  const [owner, ownerSid, sid] = [text('MailboxOwnerUPN'), text('MailboxOwnerSid'), text('LogonUserSid')];
  if (owner === null && ownerSid === null && text('MailboxGuid') === null) return null;
  const type = Number(fieldOf(facts.raw, 'LogonType') ?? Number.NaN);
  const userId = text('UserId');
  if (facts.actor.kind === 'service' || isServiceAccount(userId)) return 'service';
  const sameSid = sid !== null && ownerSid !== null && sid.toLowerCase() === ownerSid.toLowerCase();
  const sameName = owner !== null && userId !== null && userId.toLowerCase() === owner.toLowerCase();
  const isApp =
    facts.actor.kind === 'app' || Number(fieldOf(facts.raw, 'UserType') ?? Number.NaN) === APPLICATION;
  if (isApp) return 'app';
  if (sameSid || sameName) return 'owner';
  if (sid !== null && SERVICE_SID.test(sid) && facts.actor.kind !== 'person') return 'service';
  if (ADMINS.has(type)) return 'admin';
  if (type === DELEGATE) return 'delegate';
  // Nothing to compare the actor with: the logon type alone says whose mailbox it is.
  if (owner === null && (sid === null || ownerSid === null)) return 'owner';
  return 'other';
}

/** Texts that a cmdlet parameter lists: `{FullAccess, ReadPermission}`, `FullAccess;ReadPermission`. */
const listed = (text: string | undefined): string[] =>
  (text ?? '').split(/[\s,;{}()[\]"']+/).filter((word) => word !== '');

const TRUSTEES = ['User', 'Trustee', 'GrantSendOnBehalfTo'];

/** Rights over a whole mailbox that a cmdlet gives. What is denied, and what everybody has over their own, is none. */
function grantedRights(facts: Facts): string[] {
  const operation = facts.operation.toLowerCase();
  if (truthOf(parameterOf(facts, 'Deny')) === true) return [];
  if (/NT AUTHORITY\\SELF/i.test(TRUSTEES.map((name) => parameterOf(facts, name) ?? '').join(' '))) return [];
  if (/^add-(mailbox|recipient|ad)permission$/.test(operation)) {
    const rights = [
      ...listed(parameterOf(facts, 'AccessRights')),
      ...listed(parameterOf(facts, 'ExtendedRights')),
    ];
    const owner = parameterOf(facts, 'Owner');
    return owner === undefined || owner === '' ? rights : [...rights, 'Owner'];
  }
  return isBehalfGranted(parameterOf(facts, 'GrantSendOnBehalfTo')) ? ['SendOnBehalf'] : [];
}

/** A list of who may, or `@{Add=…}`; a removal and an empty value give nothing. */
const isBehalfGranted = (text: string | undefined): boolean =>
  text !== undefined &&
  !/^(\$null|null|\[\]|\{\})?$/i.test(text.trim()) &&
  !/@?\{?\s*"?Remove"?\s*[=:]/i.test(text);

/** Everybody in the organisation, and everybody at all. */
const EVERYBODY = /^(everyone|default|anonymous|standard|S-1-1-0|S-1-5-7|NT:S-1-1-0)$/i;
/** The calendar and what lies under it, as Outlook names it in several languages. */
const CALENDAR =
  /[\\/:]\s*(calendar|kalender|calendrier|calendario|calend[áa]rio|agenda|kalenteri|kalendarz|holidays|birthdays)/i;

const READS =
  /\b(Read|ReadAny|Reviewer|Author|PublishingAuthor|NonEditingAuthor|Editor|PublishingEditor|Owner|ReadItems|FullDetails|FullAccess|EditAny)\b/i;

type Opened = { path: string; rights: string };

/** Folders that everybody may read from now on. */
function openedFolders(facts: Facts): Opened[] {
  const operation = facts.operation.toLowerCase();
  if (/^(add|modify|update)folderpermissions?$/.test(operation)) {
    const items = [objectOf(fieldOf(facts.raw, 'Item')), ...fieldsIn(fieldOf(facts.raw, 'AffectedItems'))];
    return [...items, ...fieldsIn(fieldOf(facts.raw, 'Folders'))].flatMap((item) =>
      openedIn(objectOf(fieldOf(item, 'ParentFolder')), item),
    );
  }
  if (!/^(add|set)-mailboxfolderpermission$/.test(operation)) return [];
  const rights = parameterOf(facts, 'AccessRights') ?? '';
  const path = parameterOf(facts, 'Identity') ?? textOf(fieldOf(facts.raw, 'ObjectId')) ?? '';
  return EVERYBODY.test((parameterOf(facts, 'User') ?? '').trim()) && READS.test(rights)
    ? [{ path, rights }]
    : [];
}

function openedIn(folder: Fields, item: Fields): Opened[] {
  const text = (name: string): string => textOf(fieldOf(folder, name)) ?? textOf(fieldOf(item, name)) ?? '';
  const everybody = EVERYBODY.test(text('MemberUpn')) || EVERYBODY.test(text('MemberSid'));
  const rights = text('MemberRights');
  return everybody && READS.test(rights) ? [{ path: text('Path') || `\\${text('Name')}`, rights }] : [];
}

export const MAILBOX_FIELDS: FieldTable = {
  'lw.mailbox.access': (facts) => one(mailboxAccess(facts)),
  'lw.rights': (facts) => some(grantedRights(facts)),
  'lw.opened.folders': (facts) => some(openedFolders(facts).map(({ path }) => path)),
  'lw.opened.beyondcalendar': (facts) => {
    const opened = openedFolders(facts);
    return opened.length === 0 ? undefined : [opened.some(({ path }) => !CALENDAR.test(`\\${path}`))];
  },
};

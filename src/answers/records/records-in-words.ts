import { listed } from '../../domain/english.ts';
import type { Activity } from '../../domain/search/activities.ts';
import type { RecordsAsked } from '../../language/query.ts';
import { namesOf, type PeopleNamed } from '../words/left-out.ts';

/** Activities after “audit records of”. */
const OF: Readonly<Partial<Record<Activity, string>>> = {
  'file-deleted': 'deleted files',
  'file-opened': 'opened files',
  'file-downloaded': 'downloaded files',
  'file-changed': 'changed files',
  'file-malware': 'malware and labels of files',
  shared: 'sharing',
  'shared-outside': 'sharing with people outside',
  'site-changed': 'changes to sites',
  'signed-in': 'sign-ins',
  'sign-in-failed': 'failed sign-ins',
  'role-given': 'new administrators',
  'role-taken': 'roles that were taken away',
  'mailbox-opened': 'opened mail',
  'mail-sent': 'mail sent for others',
  'mail-rule': 'mail rules',
  'mailbox-changed': 'changes to mailboxes',
  'mailbox-rights': 'rights on mailboxes',
  forwarding: 'mail forwarding',
  consent: 'consent to apps',
  'app-changed': 'changes to apps',
  'guest-invited': 'invited guests',
  'user-created': 'new users',
  'user-deleted': 'deleted users',
  'second-factor': 'changed sign-in methods',
  password: 'changed passwords',
  policy: 'changes to policies',
  teams: 'changes to teams and channels',
  'group-changed': 'changes to groups',
  'mail-changed': 'changed mail',
  compliance: 'compliance',
  'user-changed': 'changed users',
};

const PARTS = { by: 'by', on: 'on', mailbox: 'in the mailbox of', any: 'about' };

/** Operations that are some of an activity, by the first of them. */
const NARROWED: Readonly<Record<string, string>> = {
  FileRenamed: 'renamed files',
  FileMoved: 'moved files',
  FileCopied: 'copied files',
  FileUploaded: 'uploaded files',
  FileRestored: 'restored files',
  SendAs: 'mail sent as somebody else',
  HardDelete: 'deleted mail',
  AnonymousLinkCreated: 'links for anyone',
  SiteCollectionCreated: 'new sites',
  SiteDeleted: 'deleted sites',
  SitePermissionsModified: 'changed permissions of sites',
  TeamCreated: 'new teams',
  TeamDeleted: 'deleted teams',
  ChannelAdded: 'new channels',
  ChannelDeleted: 'deleted channels',
  'Add member to group': 'new members and owners of groups',
  'Add group': 'new groups',
  'Delete group': 'deleted groups',
  'Set-AdminAuditLogConfig': 'changes to auditing',
  'Add-MailboxPermission': 'rights given on mailboxes',
  'Remove-MailboxPermission': 'rights taken on mailboxes',
};

const narrowed = (operations: readonly string[] | undefined): string | undefined =>
  operations?.[0] === 'FileRenamed' && operations.includes('FileMoved')
    ? 'renamed or moved files'
    : NARROWED[operations?.[0] ?? ''];

/** "of deleted files in Finance", "on the site HR": what was searched for, without its time. */
export function recordsInWords(asked: RecordsAsked, deps: PeopleNamed): string {
  const { activity, operations, people, part, departments = [], site, address, app, thing, text } = asked;
  if (asked.record !== undefined) return `with the id ${asked.record}`;
  const names = namesOf.people(people, deps);
  const what =
    activity === undefined
      ? ''
      : `of ${narrowed(operations) ?? OF[activity] ?? activity.replaceAll('-', ' ')}`;
  const who = names.length === 0 ? '' : `${PARTS[part ?? 'any']} ${listed(names)}`;
  return [
    what,
    who,
    thing === undefined ? '' : `on ${thing}`,
    asked.workload === undefined ? '' : `in ${asked.workload}`,
    departments.length === 0 ? '' : `in ${listed(departments)}`,
    site === undefined ? '' : `on the site ${site}`,
    address === undefined ? '' : `from ${address}`,
    app === undefined ? '' : `by the app ${app}`,
    text === undefined ? '' : `with “${text}”`,
  ]
    .filter((one) => one !== '')
    .join(' ');
}

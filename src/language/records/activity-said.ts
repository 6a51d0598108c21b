import type { Activity } from '../../domain/search/activities.ts';
import { type Concept, says } from './concepts.ts';

/** Which activities a sentence asks for; with `operations` only those of them. */
export type ActivitySaid = { activity: Activity; also?: Activity[]; operations?: string[] };

type Row = { all: Concept[]; none?: Concept[]; pattern?: RegExp } & ActivitySaid;

const row = (activity: Activity, all: Concept[], more: Omit<Row, 'activity' | 'all'> = {}): Row => ({
  activity,
  all,
  ...more,
});

const MAILBOX_CHANGES: Activity[] = ['mailbox-rights', 'mail-rule', 'forwarding'];
const UPLOADS = ['FileUploaded', 'FileSyncUploadedFull', 'FileSyncUploadedPartial'];
const LINKS =
  /anonym|\b(?:for|an|voor|pour|para|per) (?:anyone|everybody|everyone|jeden|iedereen|tous|todos|tutti)/;

/** The first row of which all is said, and nothing of what it must not, counts: the narrower stand first. */
const ROWS: readonly Row[] = [
  row('sign-in-failed', ['failed', 'signIn'], { none: ['secondFactor'] }),
  row('consent', ['consent', 'app']),
  row('consent', ['given', 'rights', 'app'], { none: ['mailbox'] }),
  row('policy', ['policy']),
  row('second-factor', ['secondFactor', 'registered']),
  row('password', ['password', 'reset']),
  row('forwarding', ['forwarded', 'mail']),
  row('forwarding', ['forwarded', 'mailbox']),
  row('forwarding', ['forwarded'], {
    pattern: /forwarding|weiterleitung|doorstur|reencaminh|inoltr|rule|regel/,
  }),
  row('mail-rule', ['mailRule']),
  row('compliance', ['auditing', 'switched'], { operations: ['Set-AdminAuditLogConfig'] }),
  row('mail-sent', ['sent', 'asAnother', 'mail'], { operations: ['SendAs', 'SendOnBehalf'] }),
  row('mail-sent', ['sent', 'asAnother'], {
    operations: ['SendAs', 'SendOnBehalf'],
    pattern: /on behalf|im namen|namens|uit naam|au nom|en nombre|a nome|em nome|per conto|in the name/,
  }),
  row('mailbox-rights', ['given', 'rights', 'mailbox'], {
    operations: ['Add-MailboxPermission', 'Add-RecipientPermission', 'Add-MailboxFolderPermission'],
  }),
  row('mailbox-rights', ['taken', 'rights', 'mailbox'], {
    operations: ['Remove-MailboxPermission', 'Remove-RecipientPermission', 'Remove-MailboxFolderPermission'],
  }),
  row('mailbox-rights', ['rights', 'mailbox'], { none: ['opened'] }),
  row('mail-changed', ['deleted', 'mail'], {
    operations: ['HardDelete', 'SoftDelete', 'MoveToDeletedItems'],
  }),
  row('mail-changed', ['deleted', 'mailbox'], {
    operations: ['HardDelete', 'SoftDelete', 'MoveToDeletedItems'],
    none: ['user'],
    pattern: /\b(?:from|in|aus|uit|dans|de la|dalla|nella|na|da)\b/,
  }),
  row('mailbox-opened', ['opened', 'mailbox']),
  row('mailbox-opened', ['opened', 'mail'], { none: ['file', 'link'] }),
  row('mailbox-changed', ['edited', 'mailbox'], { also: MAILBOX_CHANGES }),
  row('guest-invited', ['invited', 'guest'], { operations: ['Invite external user'] }),
  row('guest-invited', ['invited', 'outside'], { operations: ['Invite external user'] }),
  row('guest-invited', ['created', 'guest'], { operations: ['Invite external user'] }),
  row('file-deleted', ['deleted', 'file'], { none: ['restored', 'link', 'outside'] }),
  row('shared-outside', ['link'], { operations: ['AnonymousLinkCreated'], pattern: LINKS }),
  row('shared-outside', ['shared', 'outside']),
  row('shared-outside', ['shared', 'guest']),
  row('shared', ['shared'], { pattern: /\S@\S/ }),
  row('shared', ['shared', 'file']),
  row('shared', ['shared', 'site']),
  row('shared', ['shared', 'link']),
  row('role-taken', ['taken', 'admin'], { none: ['user'] }),
  row('role-taken', ['taken', 'role']),
  row('role-given', ['given', 'admin'], { none: ['app'] }),
  row('role-given', ['given', 'role']),
  row('file-changed', ['restored', 'file'], { operations: ['FileRestored', 'FolderRestored'] }),
  row('file-downloaded', ['downloaded']),
  row('file-changed', ['renamed', 'moved', 'file'], {
    operations: ['FileRenamed', 'FolderRenamed', 'FileMoved', 'FolderMoved'],
  }),
  row('file-changed', ['renamed', 'file'], { operations: ['FileRenamed', 'FolderRenamed'] }),
  row('file-changed', ['moved', 'file'], { operations: ['FileMoved', 'FolderMoved'] }),
  row('file-changed', ['copied', 'file'], { operations: ['FileCopied', 'FolderCopied'] }),
  row('file-changed', ['uploaded'], { operations: UPLOADS }),
  row('file-opened', ['opened', 'file']),
  row('file-changed', ['edited', 'file']),
  row('app-changed', ['appChanged', 'app'], { none: ['consent'] }),
  row('site-changed', ['rights', 'site'], {
    operations: ['SitePermissionsModified', 'PermissionLevelModified', 'SitePermissionsChanged'],
    none: ['opened'],
  }),
  row('site-changed', ['deleted', 'site'], { operations: ['SiteDeleted'], none: ['file'] }),
  row('site-changed', ['created', 'site'], { operations: ['SiteCollectionCreated'], none: ['happened'] }),
  row('teams', ['deleted', 'channel'], { operations: ['ChannelDeleted'] }),
  row('teams', ['created', 'channel'], { operations: ['ChannelAdded'] }),
  row('teams', ['deleted', 'team'], { operations: ['TeamDeleted'] }),
  row('teams', ['created', 'team'], { operations: ['TeamCreated'], none: ['happened'] }),
  row('group-changed', ['given', 'group'], {
    operations: ['Add member to group', 'Add owner to group'],
    none: ['created'],
  }),
  row('group-changed', ['given', 'group'], {
    operations: ['Add member to group', 'Add owner to group'],
    pattern: /member|mitglied|\bleden\b|\blid\b|membre|miembro|membri|membro|owner|besitzer|eigena/,
  }),
  row('group-changed', ['taken', 'group'], {
    operations: ['Remove member from group', 'Remove owner from group'],
    none: ['deleted'],
  }),
  row('group-changed', ['created', 'group'], { operations: ['Add group', 'New-UnifiedGroup'] }),
  row('group-changed', ['deleted', 'group'], {
    operations: ['Delete group', 'Hard Delete group', 'Remove-UnifiedGroup'],
  }),
  row('user-deleted', ['deleted', 'user'], {
    operations: ['Delete user', 'Hard Delete user'],
    none: ['group'],
  }),
  row('user-created', ['created', 'user'], { none: ['group', 'rights', 'admin'] }),
  row('signed-in', ['signIn'], { none: ['rights'] }),
  row('signed-in', ['signIn'], { pattern: /sign|log[- ]?(?:in|on)|sesi|sess|connexion/ }),
];

/** What a folded sentence asks for by what was done and to what; null where it says neither. */
export function activitySaid(folded: string): ActivitySaid | null {
  const found = ROWS.find(
    ({ all, none = [], pattern }) =>
      all.every((one) => says(folded, one)) &&
      !none.some((one) => says(folded, one)) &&
      (pattern === undefined || pattern.test(folded)),
  );
  if (found === undefined) return null;
  const { activity, also, operations } = found;
  return { activity, ...(also ? { also } : {}), ...(operations ? { operations } : {}) };
}

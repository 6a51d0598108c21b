import { listed } from '../../domain/english.ts';
import type { Activity } from '../../domain/search/activities.ts';
import type { RecordsAsked } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { namesOf } from '../words/left-out.ts';

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
  'mailbox-opened': 'opened mailboxes',
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
};

/** "deleted files in Finance", "anything on the site HR": what was searched for, without its time. */
export function recordsInWords(asked: RecordsAsked, deps: AnswerDeps): string {
  const { activity, people, part, departments = [], site, address, app, thing, text } = asked;
  const names = namesOf.people(people, deps);
  const what = activity === undefined ? 'anything' : (OF[activity] ?? activity.replaceAll('-', ' '));
  const who =
    names.length === 0
      ? ''
      : part === 'mailbox'
        ? `of ${listed(names)}`
        : `${part === 'by' ? 'by' : 'about'} ${listed(names)}`;
  return [
    what,
    who,
    thing === undefined ? '' : `on ${thing}`,
    departments.length === 0 ? '' : `in ${listed(departments)}`,
    site === undefined ? '' : `on the site ${site}`,
    address === undefined ? '' : `from ${address}`,
    app === undefined ? '' : `by the app ${app}`,
    text === undefined ? '' : `with “${text}”`,
  ]
    .filter((one) => one !== '')
    .join(' ');
}

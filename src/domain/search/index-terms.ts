/** Under what a record is found, and in which words. */
import type { AuditEvent } from '../audit/event.ts';
import type { RecordView } from '../detection/record-view.ts';
import { type Activity, activityOf } from './activities.ts';

/** What a record is indexed under. */
export type Indexed = { terms: string[]; words: string[] };

/** How a search names what records are found under; values are compared without case. */
export const term = {
  /** Somebody who acted, by object id or sign-in name. */
  by: (person: string): string => `by ${folded(person)}`,
  /** A user, group or other thing on which something was done, by id or name. */
  on: (thing: string): string => `on ${folded(thing)}`,
  /** Whose mailbox it was. */
  mailbox: (owner: string): string => `box ${folded(owner)}`,
  activity: (activity: Activity): string => `act ${activity}`,
  operation: (operation: string): string => `op ${folded(operation)}`,
  /** A site by its address or the last part of it. */
  site: (site: string): string => `site ${folded(site)}`,
  address: (address: string): string => `ip ${folded(address)}`,
  /** An application by name or id. */
  app: (app: string): string => `app ${folded(app)}`,
  workload: (workload: string): string => `in ${folded(workload)}`,
  failed: 'failed',
};

/** All under which a person is found: as the one who acted, as the target, and as the owner of the mailbox. */
export const anyPart = (person: string): string[] => [term.by(person), term.on(person), term.mailbox(person)];

const folded = (text: string): string => text.trim().toLowerCase().slice(0, 200);

/** What is indexed of one record at most: a hostile one has names without end. */
const MOST_TERMS = 40;
const MOST_WORDS = 80;

const OF_NAMES = ['target', 'group', 'role', 'team', 'policy', 'domain', 'trustee'] as const;

/** @param view of the raw record; null for one that cannot be read, which is found by what its event says */
export function indexedOf(event: AuditEvent, view: RecordView | null): Indexed {
  const labels = view?.labels ?? {};
  const terms = new Set([term.operation(event.operation), term.workload(event.workload)]);
  const add = (make: (text: string) => string, ...texts: unknown[]): void => {
    for (const text of texts) if (typeof text === 'string' && text.trim() !== '') terms.add(make(text));
  };
  const first = (field: string): unknown => view?.values(field)?.[0];
  for (const activity of activitiesOf(event, view)) terms.add(term.activity(activity));
  if (event.result === 'failure' || first('lw.worked') === false) terms.add(term.failed);
  add(term.by, event.actor?.id, event.actor?.name, labels.actor);
  for (const target of event.targets) add(term.on, target.id, target.name);
  if (event.group) add(term.on, event.group.id, event.group.name);
  for (const name of OF_NAMES) add(term.on, labels[name]);
  add(term.on, first('SourceFileName'), ...(view?.values('Members.UPN') ?? []));
  add(term.mailbox, first('MailboxOwnerUPN'));
  if (/mailbox|mail-rule|mail-/.test(activityOf(event.operation) ?? '')) add(term.mailbox, labels.target);
  add(term.site, labels.site, first('SiteUrl'));
  add(term.address, event.clientIp, labels.address);
  add(
    term.app,
    labels.app,
    event.actor?.appId,
    first('ApplicationDisplayName'),
    first('AppId'),
    first('ClientAppId'),
  );
  if (event.actor?.kind === 'app') add(term.app, event.actor.name);
  return { terms: [...terms].slice(0, MOST_TERMS), words: wordsOf(event, view) };
}

/** The activities that a record is: by its operation, and by what it says. */
export function activitiesOf(event: Pick<AuditEvent, 'operation'>, view: RecordView | null): Activity[] {
  const activities: Activity[] = [];
  const known = activityOf(event.operation);
  if (known) activities.push(known);
  const first = (field: string): unknown => view?.values(field)?.[0];
  if (known === 'shared' && (first('lw.shared.outside') === true || isAnybodysLink(event.operation))) {
    activities.push('shared-outside');
  }
  if ((known === 'mail-rule' || known === 'mailbox-changed') && first('lw.forward.to') !== undefined) {
    activities.push('forwarding');
  }
  return activities;
}

const isAnybodysLink = (operation: string): boolean => /^AnonymousLink(Created|Updated)$/i.test(operation);

/** Ids say nothing as words: they are found as what they name. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}$/i;

const TEXTS = [
  'SourceFileName',
  'Subject',
  'Item.Subject',
  'AffectedItems.Subject',
  'UserAgent',
  'ClientInfoString',
  'Name',
];

function wordsOf(event: AuditEvent, view: RecordView | null): string[] {
  const words = new Set<string>();
  const take = (text: string | null | undefined): void => {
    if (!text || words.size >= MOST_WORDS || ID.test(text)) return;
    for (const word of wordsIn(text)) {
      if (words.size >= MOST_WORDS) return;
      words.add(word);
    }
  };
  for (const label of Object.values(view?.labels ?? {})) take(label);
  take(event.actor?.name);
  for (const { name } of event.targets) take(name);
  for (const field of TEXTS) {
    for (const value of view?.values(field) ?? []) if (typeof value === 'string') take(value);
  }
  for (const { oldValue, newValue } of event.modified) {
    take(newValue);
    take(oldValue);
  }
  take(event.resultReason);
  return [...words];
}

/** Ids within a text, such as those of plans and messages: their pieces say nothing either. */
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** The words of a text as both databases have them: no case, no accents, letters and digits alone. */
export function wordsIn(text: string): string[] {
  const plain = text.slice(0, 2_000).replace(IDS, ' ');
  if (!BEYOND_ASCII.test(plain)) return plain.toLowerCase().match(/[a-z0-9]{2,40}/g) ?? [];
  return (
    plain
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,40}/gu) ?? []
  );
}

import { inScope } from '../../domain/access/scope.ts';
import type { AuditEvent } from '../../domain/audit/event.ts';
import { viewOf } from '../../domain/detection/records/view-of.ts';
import type { FoundRecord } from '../../domain/ports.ts';
import { activityOf } from '../../domain/search/activities.ts';
import type { AnswerStore } from '../answer/deps.ts';

/** Who of the people that records name an asker may see. */
export type Visible = {
  has(person: { id: string | null; name: string | null }): boolean;
  /** Whether it is the part before the @ of somebody they may see. */
  hasAlias(alias: string): boolean;
  /** Whether a text names somebody of their domains that they may not see, `but` for one. */
  isSilentOf(text: string, but: string | null): boolean;
};

/** For somebody who sees everybody. */
export const everythingVisible: Visible = { has: () => true, hasAlias: () => true, isSilentOf: () => true };

const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const isGuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27,}$/i.test(text);

/**
 * Whether everybody to whom it was done may be seen, the owner of the mailbox among them, and nobody else is named;
 * of what was done to nobody the one who did it.
 */
export function maySee({ event, raw }: FoundRecord, visible: Visible): boolean {
  if (visible === everythingVisible) return true;
  const view = viewOf(raw);
  const owner = view?.values('MailboxOwnerUPN')?.[0];
  const people = [
    ...event.targets.filter(isPerson),
    ...(typeof owner === 'string' ? [{ id: null, name: owner }] : []),
  ];
  if (!people.every(visible.has) || !visible.isSilentOf(raw, event.actor?.name ?? null)) return false;
  const mailboxes = /mailbox|mail-rule/.test(activityOf(event.operation) ?? '')
    ? [view?.labels.target, view?.labels.trustee].filter((name) => name !== undefined)
    : [];
  const isOfTheirs = (name: string): boolean =>
    name.includes('@') || isGuid(name) ? visible.has({ id: name, name }) : visible.hasAlias(name);
  if (!mailboxes.every(isOfTheirs)) return false;
  return people.length + mailboxes.length > 0 || (event.actor !== null && visible.has(event.actor));
}

/** Some workloads name people by their address only, as a target of no particular kind. */
const isPerson = ({ kind, name }: AuditEvent['targets'][number]): boolean =>
  kind === 'user' || (name?.includes('@') ?? false);

export async function peopleSeen(
  sees: ReadonlySet<string>,
  { users }: Pick<AnswerStore, 'users'>,
): Promise<Visible> {
  const names = new Set<string>();
  for await (const chunk of users.all()) {
    for (const { state } of chunk) {
      if (!inScope(sees, state.id)) continue;
      names.add(state.userPrincipalName.toLowerCase());
      if (state.mail) names.add(state.mail.toLowerCase());
    }
  }
  const partsOf = (at: 0 | 1): Set<string> => new Set([...names].map((name) => name.split('@')[at] ?? ''));
  const [aliases, domains] = [partsOf(0), partsOf(1)];
  return {
    has: ({ id, name }) =>
      (id !== null && inScope(sees, id)) || (name !== null && names.has(name.toLowerCase())),
    hasAlias: (alias) => aliases.has(alias.toLowerCase()),
    isSilentOf: (text, but) =>
      (text.toLowerCase().match(ADDRESS) ?? []).every(
        (address) =>
          !domains.has(address.split('@')[1] ?? '') ||
          names.has(address) ||
          address === but?.toLowerCase() ||
          address.includes('#ext#'),
      ),
  };
}

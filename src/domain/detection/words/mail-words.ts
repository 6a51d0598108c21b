import { named, type Saying } from './saying.ts';

/** "mail", of who did it; "the mail of Lee Gu" where it is somebody else's. */
const mailOf = ({ isOwn, target }: Saying): string =>
  isOwn || target === null ? 'mail' : `the mail of ${target}`;

/** A sentence about mail that goes elsewhere by itself, or that nobody is to see; null where the record says neither. */
export function forwardingWords(said: Saying): string | null {
  const { operation, who, isOwn, target } = said;
  const to = said.list('lw.forward.to');
  const isRule = /inboxrule/.test(operation);
  const where = isRule && !isOwn && target !== null ? ` in the mailbox of ${target}` : '';
  const hides = said.flag('lw.inboxrule.hides') === true;
  const deletes = said.flag('lw.inboxrule.deletes') === true;
  if (/transportrule|journalrule/.test(operation) && to !== null) {
    return `${who} made a rule for the whole organization that sends mail to ${to}`;
  }
  if (/outboundspam|remotedomain/.test(operation)) return `${who} lets everybody forward mail to outside`;
  if (to !== null && isRule) {
    return `${who} made an inbox rule${where} that sends mail to ${to}${deletes ? ' and deletes it' : hides ? ' and hides it' : ''}`;
  }
  if (to !== null) {
    const copy = said.flag('lw.forward.keepscopy') === false ? ' and keeps no copy' : '';
    return `${who} forwards ${mailOf(said)} to ${to}${copy}`;
  }
  if (deletes) return `${who} made an inbox rule${where} that deletes mail`;
  return hides ? `${who} made an inbox rule${where} that hides mail in a folder that nobody opens` : null;
}

const RIGHTS: Readonly<Record<string, string>> = {
  fullaccess: 'full access to',
  sendas: 'the right to send as',
  'send-as': 'the right to send as',
  sendonbehalf: 'the right to send on behalf of',
};

/** A sentence about somebody in a mailbox that is not theirs. */
export function mailboxWords(said: Saying, nameOf: (text: string) => string): string | null {
  const { operation, who, target } = said;
  const mailbox = target === null ? 'a mailbox' : `the mailbox of ${target}`;
  const folders = said.list('lw.opened.folders');
  if (folders !== null) return `${who} lets everybody read ${folders} in ${mailbox}`;
  const right = said.text('lw.rights');
  if (right !== null) {
    const trustee = said.label('trustee') ?? addedIn(said.text('GrantSendOnBehalfTo'));
    const whom = trustee === null ? 'somebody' : nameOf(trustee);
    const known = RIGHTS[right.toLowerCase().replace(/\s/g, '')];
    if (known?.startsWith('full')) return `${who} gave ${whom} ${known} ${mailbox}`;
    return `${who} gave ${whom} ${known ?? `the right “${right}” over`} ${target ?? 'a mailbox'}`;
  }
  if (/^send(as|onbehalf)$/.test(operation)) {
    return `${who} sent mail ${operation === 'sendas' ? 'as' : 'on behalf of'} ${target ?? 'somebody else'}`;
  }
  return said.text('lw.mailbox.access') === null ? null : `${who} was in ${mailbox}`;
}

/** `@{Add="lee.gu"}` as PowerShell writes what is added to a list. */
const addedIn = (text: string | null): string | null =>
  text === null ? null : (/Add="?([^"};]+)/i.exec(text)?.[1] ?? text);

/** A sentence about sharing of files and sites. */
export function sharingWords(said: Saying): string | null {
  const { operation, who, target } = said;
  const site = said.label('site');
  const what = target ?? 'a file';
  if (said.list('lw.sharing.loosened') !== null) {
    return `${who} lets more be shared from ${named('site', site)}`;
  }
  if (/anonymouslinkused/.test(operation)) return `${what} was opened by a link that anybody can use`;
  const link = said.text('lw.link.anybody');
  if (link !== null) {
    return `${who} made a link to ${what} that anybody can ${/edit/i.test(link) ? 'edit with' : 'open'}`;
  }
  if (said.flag('lw.shared.outside') !== true) return null;
  return `${who} shared ${site === null ? 'something' : `something of ${named('site', site)}`} with ${target ?? 'somebody outside'}`;
}

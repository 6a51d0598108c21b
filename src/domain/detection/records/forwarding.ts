/** Where mail goes by itself: by a mailbox's setting, a rule of the inbox, or a rule of the organisation. */
import { type Facts, parameterOf } from './facts.ts';
import { type FieldTable, one, some } from './field-table.ts';
import { fieldOf, fieldsIn, listOf, textOf, truthOf } from './loose.ts';
import { addressesIn, outsideOf } from './mail-addresses.ts';

/** Parameters that name who gets the mail too. */
const RECIPIENTS = [
  'ForwardingSmtpAddress',
  'ForwardingAddress',
  'ForwardTo',
  'RedirectTo',
  'ForwardAsAttachmentTo',
  'RedirectToRecipients',
  'BlindCopyTo',
  'CopyTo',
  'RedirectMessageTo',
  'AddToRecipients',
  'JournalEmailAddress',
];

type RuleAction = { type: string; recipients: string[]; folder: string | null };

/** What a rule made in Outlook does: JSON text, unless its removal is logged. */
function outlookActions(facts: Facts): RuleAction[] {
  if (!/^UpdateInboxRules$/i.test(facts.operation)) return [];
  if (/^Remove/i.test(parameterOf(facts, 'RuleOperation') ?? '')) return [];
  if (/disabled/i.test(parameterOf(facts, 'RuleState') ?? '')) return [];
  return fieldsIn(parameterOf(facts, 'RuleActions')).map((action) => ({
    type: (textOf(fieldOf(action, 'ActionType')) ?? '').toLowerCase(),
    recipients: listOf(fieldOf(action, 'Recipients')).flatMap((recipient) =>
      addressesIn(typeof recipient === 'string' ? recipient : JSON.stringify(recipient)),
    ),
    folder: textOf(
      fieldOf(action, 'FolderName') ?? fieldOf(action, 'DestinationFolderName') ?? fieldOf(action, 'Folder'),
    ),
  }));
}

const FORWARDS = /forward|redirect|copyto/;

/** Addresses that get the mail from now on. An empty value switches forwarding off. */
const forwardedTo = (facts: Facts): string[] => [
  ...new Set([
    ...RECIPIENTS.flatMap((name) => addressesIn(parameterOf(facts, name))),
    ...outlookActions(facts).flatMap(({ type, recipients }) => (FORWARDS.test(type) ? recipients : [])),
  ]),
];

/** Folders that nobody opens, as Outlook names them in several languages. */
const HIDDEN_FOLDER =
  /(^|[\\/:])\s*(rss( |-)?(feeds?|subscriptions?|abonnements?)?|flux rss|abonnements rss|fuentes rss|feed rss|conversation history|aufgezeichnete unterhaltungen|unterhaltungsverlauf|historique des conversations|historial de conversaciones|cronologia conversazioni|gespreksgeschiedenis|junk(-?| )?e-?mail|spam|courrier ind[ée]sirable|sync issues|synchronisierungsprobleme|notes|notizen)\s*$/i;
const DELETED_FOLDER =
  /(^|[\\/:])\s*(deleted items|gel[öo]schte (elemente|objekte)|[ée]l[ée]ments supprim[ée]s|elementos eliminados|posta eliminata|verwijderde items|recoverable items.*)\s*$/i;

const folderOf = (facts: Facts): string => (parameterOf(facts, 'MoveToFolder') ?? '').slice(0, 1000);

const isOn = (facts: Facts, name: string): boolean => truthOf(parameterOf(facts, name)) === true;

function deletes(facts: Facts): boolean {
  const actions = outlookActions(facts);
  return (
    isOn(facts, 'DeleteMessage') ||
    isOn(facts, 'SoftDeleteMessage') ||
    isOn(facts, 'PermanentDelete') ||
    DELETED_FOLDER.test(folderOf(facts)) ||
    actions.some(({ type, folder }) => /delete/.test(type) || DELETED_FOLDER.test(folder ?? ''))
  );
}

function hides(facts: Facts): boolean {
  const actions = outlookActions(facts);
  const read = isOn(facts, 'MarkAsRead') || actions.some(({ type }) => /mark.*read/.test(type));
  return (
    read &&
    (HIDDEN_FOLDER.test(folderOf(facts)) || actions.some(({ folder }) => HIDDEN_FOLDER.test(folder ?? '')))
  );
}

export const FORWARDING_FIELDS: FieldTable = {
  'lw.forward.to': (facts) => some(forwardedTo(facts)),
  'lw.forward.outside': (facts) => some(outsideOf(facts, forwardedTo(facts))),
  'lw.forward.keepscopy': (facts) => one(truthOf(parameterOf(facts, 'DeliverToMailboxAndForward'))),
  'lw.inboxrule.deletes': (facts) => one(deletes(facts)),
  'lw.inboxrule.hides': (facts) => one(hides(facts)),
};

/** Who can open what in SharePoint and OneDrive. */
import type { Change, Facts } from './facts.ts';
import { type FieldTable, one, some } from './field-table.ts';
import { isGuestName, isPrincipalName } from './ids.ts';
import { fieldOf, plainValue, textOf, truthOf } from './loose.ts';
import { addressesIn, domainOf } from './mail-addresses.ts';

const text = (facts: Facts, name: string): string | null => textOf(fieldOf(facts.raw, name));

/** The content of an element in EventData, which is no well-formed XML (`<Permissions granted>Contribute</…>`). */
const elementOf = (facts: Facts, name: string): string | null =>
  new RegExp(`<${name}>([^<]*)<`, 'i').exec(text(facts, 'EventData') ?? '')?.[1]?.trim() ?? null;

/** What a link for anybody allows that a record makes or changes; null for every other record. */
export function anybodysLink(facts: Facts): 'edit' | 'read' | null {
  const operation = facts.operation.toLowerCase();
  const group = /^SharingLinks\.[^.]+\.Anonymous(\w+)\./i.exec(
    text(facts, 'TargetUserOrGroupName') ?? '',
  )?.[1];
  if (operation === 'sharingset' && group !== undefined)
    return /edit|contribute/i.test(group) ? 'edit' : 'read';
  const isFlexible =
    /^sharinglink(created|updated)$/.test(operation) &&
    /anyone|anonymous/i.test(text(facts, 'SharingLinkScope') ?? elementOf(facts, 'SharingLinkScope') ?? '');
  if (!/^anonymouslink(created|updated)$/.test(operation) && !isFlexible) return null;
  const said = [
    elementOf(facts, 'Type'),
    elementOf(facts, 'Permissions granted'),
    text(facts, 'Permission'),
    text(facts, 'SharingType'),
    text(facts, 'EventData'),
  ];
  return said.some((part) => /\b(edit|contribute|write|full control|readwrite)\b/i.test(part ?? ''))
    ? 'edit'
    : 'read';
}

const SHARES =
  /^(sharingset|addedtosecurelink|securelinkcreated|securelinkupdated|sharinginvitationcreated|sharinginvitationaccepted|addedtogroup|sharinglinkcreated|sharinglinkupdated|sitecollectionadminadded)$/;

/** Whether something is shared with somebody outside, by the kind of the target or by its name. */
function isWithOutsider(facts: Facts): boolean {
  if (!SHARES.test(facts.operation.toLowerCase())) return false;
  const kind = text(facts, 'TargetUserOrGroupType') ?? '';
  const name = text(facts, 'TargetUserOrGroupName');
  if (/^(guest|partner|external)/i.test(kind) || isGuestName(name)) return true;
  if (kind !== '' && !/^(member|user)$/i.test(kind)) return false;
  const [address] = addressesIn(name ?? '');
  const own =
    facts.actor.name !== null && isPrincipalName(facts.actor.name) ? domainOf(facts.actor.name) : null;
  return kind === '' && address !== undefined && own !== null && domainOf(address) !== own;
}

/** From the tightest to the loosest: `SharingCapability` of a site. */
const CAPABILITIES: readonly RegExp[] = [
  /^(disabled|0)$/i,
  /^(existingexternalusersharingonly|3)$/i,
  /^(externalusersharingonly|1)$/i,
  /^(externaluserandguestsharing|2)$/i,
];

const PROTECTS = /^(prevent|require|block|restrict|limit|disallow|disable|deny)/i;

function isLooser({ name, before, after }: Change): boolean {
  const [old, now] = [plainValue(before), plainValue(after)];
  if (/capability/i.test(name)) {
    const rank = (value: string | null): number =>
      CAPABILITIES.findIndex((pattern) => pattern.test(value ?? ''));
    return rank(now) > rank(old) && rank(now) > 0;
  }
  const [was, is] = [truthOf(old), truthOf(now)];
  if (is === null || was === is || !/shar|guest|anonym|external|anyone|everyone/i.test(name)) return false;
  return PROTECTS.test(name) ? is === false : is === true;
}

/** Settings of a site's sharing policy that allow more than before. */
const loosened = (facts: Facts): string[] =>
  /^sharingpolicychanged$/i.test(facts.operation)
    ? facts.changes.filter(isLooser).map(({ name }) => name)
    : [];

/** Whether a record is about the actor's own OneDrive (`/personal/ben_osei_litware_example`). */
function isOwnOneDrive(facts: Facts): boolean | null {
  const site = text(facts, 'SiteUrl') ?? text(facts, 'ObjectId');
  const owner = /\/personal\/([^/]+)/i.exec(site ?? '')?.[1]?.toLowerCase();
  if (owner === undefined) return site === null ? null : false;
  return owner === (facts.actor.name ?? '').toLowerCase().replace(/[^a-z0-9]/g, '_');
}

export const SHARING_FIELDS: FieldTable = {
  'lw.link.anybody': (facts) => one(anybodysLink(facts)),
  'lw.shared.outside': (facts) => one(isWithOutsider(facts)),
  'lw.sharing.loosened': (facts) => some(loosened(facts)),
  'lw.site.ownonedrive': (facts) => one(isOwnOneDrive(facts)),
  'lw.site.onedrive': (facts) =>
    one(/-my\.sharepoint\.|\/personal\//i.test(text(facts, 'SiteUrl') ?? text(facts, 'ObjectId') ?? '')),
};

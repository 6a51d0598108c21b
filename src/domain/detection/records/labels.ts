/** The labels of a record: who did what, on which person or thing. The same act has the same labels in both logs. */
import { changeOf, type Facts, parameterOf, type Thing, thingOf } from './facts.ts';
import { guestMembers } from './guests.ts';
import { isPrincipalName } from './ids.ts';
import { plansSwitchedOff, productsRemoved } from './licenses.ts';
import { fieldOf, plainValue, textOf } from './loose.ts';
import { roleOf } from './roles.ts';

type Labels = Record<string, string>;

/** No name of a person or a thing is longer; a text that is made to be long does not go onto cards and into keys. */
const LONGEST = 400;
type Label = string | null | undefined;

const raw = (facts: Facts, name: string): string | null => textOf(fieldOf(facts.raw, name));

/** Principal names have no case; names of things do. */
const named = (text: Label): Label => (text && isPrincipalName(text) ? text.toLowerCase() : text);

const thingName = (thing: Thing | undefined): Label => named(thing?.upn ?? thing?.name ?? thing?.id);

/** Who did it; where nobody is known, the address. */
const actorOf = ({ actor, address }: Facts): Label => named(actor.name) ?? address;

/** A property's value after an add, before a removal. */
function said(facts: Facts, ...names: string[]): string | null {
  const change = changeOf(facts, ...names);
  return plainValue(change?.after ?? null) ?? plainValue(change?.before ?? null);
}

const last = (path: Label, separator: RegExp): string | null =>
  path?.split(separator).findLast((part) => part.trim() !== '') ?? null;

/** The mailbox that a cmdlet is about: its owner's principal name where the record tells it, else the alias. */
function mailboxOf(facts: Facts): Label {
  const isRule = /inboxrule$/i.test(facts.operation);
  const objectId = raw(facts, 'ObjectId');
  const identity = parameterOf(facts, 'Identity');
  const whole =
    parameterOf(facts, 'Mailbox') ||
    (isRule ? (objectId?.includes('/') ? objectId : facts.actor.name) : identity || objectId);
  const alias = last(whole?.split('\\')[0], /\//) ?? last(objectId, /\//);
  if (alias === null) return isRule ? named(facts.actor.name) : null;
  const actor = facts.actor.name?.toLowerCase();
  return actor?.split('@')[0] === alias.toLowerCase() ? actor : alias.toLowerCase();
}

function siteOf(facts: Facts): Label {
  const url =
    raw(facts, 'SiteUrl') ?? (/^https?:/i.test(raw(facts, 'ObjectId') ?? '') ? raw(facts, 'ObjectId') : null);
  const name = last(url?.replace(/^https?:\/\//i, ''), /\//);
  try {
    return name === null ? null : decodeURIComponent(name);
  } catch {
    return name;
  }
}

function ofApps(facts: Facts): Labels | null {
  if (
    !/application|service principal|delegat|permission grant|oauth2|consent|app role|federated identity/i.test(
      facts.operation,
    )
  )
    return null;
  const app =
    said(facts, 'Application.DisplayName', 'ServicePrincipal.DisplayName') ??
    said(
      facts,
      'Application.AppId',
      'ServicePrincipal.AppId',
      'ServicePrincipal.ObjectID',
      'Application.ObjectID',
    );
  const owner = /owner/i.test(facts.operation) ? thingName(thingOf(facts, 'user') ?? facts.things[0]) : null;
  const thing = thingOf(facts, 'application', 'serviceprincipal', 'app') ?? facts.things[0];
  const name =
    app ??
    (owner === null ? thingName(thing) : (thingOf(facts, 'application', 'serviceprincipal')?.name ?? null));
  return kept({ app: name, target: owner ?? name });
}

function ofExchange(facts: Facts): Labels | null {
  if (facts.form !== 'activity') return null;
  const owner = raw(facts, 'MailboxOwnerUPN');
  if (owner !== null) return { target: owner.toLowerCase() };
  if (!/^\w+-\w/.test(facts.operation)) return null;
  if (
    /-(transportrule|journalrule|remotedomain|hostedoutboundspamfilter\w+|unifiedgroup|federateddomain)$/i.test(
      facts.operation,
    )
  ) {
    const name = last(
      parameterOf(facts, 'Name') ||
        parameterOf(facts, 'DomainName') ||
        parameterOf(facts, 'Identity') ||
        raw(facts, 'ObjectId'),
      /[\\/]/,
    );
    return kept({ target: name, group: /unifiedgroup/i.test(facts.operation) ? name : null });
  }
  if (/-(adminauditlogconfig|organizationconfig)$/i.test(facts.operation))
    return kept({ target: raw(facts, 'OrganizationName') ?? 'the organisation' });
  if (/^new-mailbox$/i.test(facts.operation))
    return kept({
      target: named(
        parameterOf(facts, 'PrimarySmtpAddress') ||
          parameterOf(facts, 'UserPrincipalName') ||
          parameterOf(facts, 'Name') ||
          mailboxOf(facts),
      ),
    });
  const trustee = last(parameterOf(facts, 'User') || parameterOf(facts, 'Trustee'), /\//);
  return kept({ target: mailboxOf(facts), trustee: trustee?.toLowerCase() });
}

function ofTeams(facts: Facts): Labels | null {
  const team = raw(facts, 'TeamName');
  if (team === null) return null;
  const guests = guestMembers(facts);
  return kept({ team, target: guests.length === 1 ? named(guests[0]) : team });
}

function ofSharePoint(facts: Facts): Labels | null {
  const site = siteOf(facts);
  if (!site) return null;
  const who = raw(facts, 'TargetUserOrGroupName');
  const isPerson = who !== null && isPrincipalName(who);
  const file =
    raw(facts, 'SourceFileName') ??
    (/link|sharing(set|invitation)/i.test(facts.operation) ? last(raw(facts, 'ObjectId'), /\//) : null);
  return kept({ site, target: isPerson ? who.toLowerCase() : (file ?? site) });
}

function ofDirectory(facts: Facts): Labels {
  const role = roleOf(facts);
  if (role) {
    const target = thingName(role.who) ?? actorOf(facts);
    // PIM carries out what the person has asked for.
    return kept({ role: role.name, target, ...(role.act === 'activated' && { actor: target }) });
  }
  const group =
    said(facts, 'Group.DisplayName') ?? thingOf(facts, 'group')?.name ?? said(facts, 'Group.ObjectID');
  const domain = /domain/i.test(facts.operation) ? facts.things[0]?.name?.toLowerCase() : null;
  const [first] = facts.things;
  const target = thingOf(facts, 'user') ?? first;
  const isSignIn = /^userlogg?(edin|infailed)$/i.test(facts.operation);
  return kept({
    target: isSignIn
      ? null
      : (domain ??
        (target?.kind === 'group' ? (group ?? thingName(target)) : thingName(target)) ??
        facts.details.get('invitedemailaddress') ??
        facts.details.get('inviteduseremailaddress')?.toLowerCase()),
    group,
    domain,
    policy: thingOf(facts, 'policy')?.name,
    plan: plansSwitchedOff(facts).sort().join(', '),
    product: productsRemoved(facts).sort().join(', '),
  });
}

function kept(labels: Record<string, Label>): Labels {
  const filled: Labels = {};
  for (const name of Object.keys(labels)) {
    const value = labels[name]?.trim();
    if (value) filled[name] = value.length > LONGEST ? value.slice(0, LONGEST).toWellFormed() : value;
  }
  return filled;
}

/** All labels that a record can give. */
export const labelsOf = (facts: Facts): Labels => ({
  ...kept({ actor: actorOf(facts), address: facts.address }),
  ...(ofTeams(facts) ?? ofSharePoint(facts) ?? ofExchange(facts) ?? ofApps(facts) ?? ofDirectory(facts)),
});

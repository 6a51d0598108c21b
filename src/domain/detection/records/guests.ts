/** Guests: who came in, and where they were put. */
import { changeOf, type Facts, thingOf } from './facts.ts';
import { type FieldTable, one, some } from './field-table.ts';
import { addressOfGuest, isGuestName } from './ids.ts';
import { type Fields, fieldOf, fieldsIn, plainValue, textOf } from './loose.ts';

/** `Role` of a member in Teams: 3 is a guest; the page that says 2 is wrong, that is an owner in every recorded event. */
const GUEST = 3;
const OWNER = 2;

const isGuestMember = (member: Fields): boolean =>
  Number(fieldOf(member, 'Role')) === GUEST ||
  isGuestName(textOf(fieldOf(member, 'UPN'))) ||
  /^guest$/i.test(textOf(fieldOf(member, 'UserType')) ?? '');

/** Guests among the members that a Teams record names. */
export const guestMembers = (facts: Facts): string[] =>
  fieldsIn(fieldOf(facts.raw, 'Members')).flatMap((member) =>
    isGuestMember(member)
      ? [textOf(fieldOf(member, 'UPN')) ?? textOf(fieldOf(member, 'DisplayName')) ?? 'guest']
      : [],
  );

/** Owners among the members that a Teams record names, by `Role` 2: who is one, or was one when they left. */
const ownerMembers = (facts: Facts): string[] =>
  fieldsIn(fieldOf(facts.raw, 'Members')).flatMap((member) =>
    Number(fieldOf(member, 'Role')) === OWNER && !isGuestMember(member)
      ? [textOf(fieldOf(member, 'UPN')) ?? textOf(fieldOf(member, 'DisplayName')) ?? 'owner']
      : [],
  );

/** Whether the person that a record is about is a guest. */
export function isAboutGuest(facts: Facts): boolean {
  const thing = thingOf(facts, 'user');
  const type = changeOf(facts, 'UserType');
  const said = [type?.after, changeOf(facts, 'TargetId.UserType')?.after, facts.details.get('usertype')];
  return (
    isGuestName(thing?.upn ?? thing?.name ?? null) ||
    said.some((text) => /^guest$/i.test(plainValue(text ?? null) ?? ''))
  );
}

/** The guest that a record is about, by mail address where one is known. */
export function guestOf(facts: Facts): string | null {
  const thing = thingOf(facts, 'user');
  const name =
    thing?.upn ??
    facts.details.get('invitedemailaddress') ??
    facts.details.get('inviteduseremailaddress') ??
    thing?.name;
  return name === undefined || name === null || name === '' ? null : addressOfGuest(name);
}

function typeChange(facts: Facts): string | null {
  const change = changeOf(facts, 'UserType');
  const [before, after] = [plainValue(change?.before ?? null), plainValue(change?.after ?? null)];
  return before === null || after === null ? null : `${before} to ${after}`.toLowerCase();
}

export const GUEST_FIELDS: FieldTable = {
  'lw.guest': (facts) => one(guestOf(facts)),
  'lw.target.isguest': (facts) => one(isAboutGuest(facts)),
  'lw.guest.members': (facts) => some(guestMembers(facts)),
  'lw.owner.members': (facts) => some(ownerMembers(facts)),
  'lw.usertype.change': (facts) => one(typeChange(facts)),
};

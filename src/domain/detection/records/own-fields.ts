/** Fields of our own (`lw.…`): what the shipped rules ask of a record, the same in both forms. */
import { isMicrosofts } from './acting.ts';
import { APPLICATION_FIELDS } from './applications.ts';
import { type Facts, parameterOf } from './facts.ts';
import { type FieldTable, one, type Values } from './field-table.ts';
import { FORWARDING_FIELDS } from './forwarding.ts';
import { GROUP_FIELDS } from './groups.ts';
import { GUEST_FIELDS } from './guests.ts';
import { isGuid } from './ids.ts';
import { labelsOf } from './labels.ts';
import { LICENSE_FIELDS } from './licenses.ts';
import { fieldOf, textOf, truthOf } from './loose.ts';
import { MAILBOX_FIELDS } from './mailboxes.ts';
import { ROLE_FIELDS, roleOf } from './roles.ts';
import { SHARING_FIELDS } from './sharing.ts';
import { SIGN_IN_FIELDS } from './sign-in-safety.ts';

/** Whether the actor is the person that the act is about, by id or by name. */
function isOwnAct(facts: Facts): boolean {
  const { id, name } = facts.actor;
  const things = roleOf(facts)?.who ? [roleOf(facts)?.who] : facts.things;
  return things.some(
    (thing) =>
      (thing !== undefined && id !== null && thing.id === id) ||
      (name !== null &&
        [thing?.upn, thing?.name].some((other) => other?.toLowerCase() === name.toLowerCase())),
  );
}

/** A thing that was made, by a name that all records of its making share. */
function resourceOf(facts: Facts): Values {
  const { site, team, group, target } = labelsOf(facts);
  return one(
    (textOf(fieldOf(facts.raw, 'SiteUrl')) ?? team ?? group ?? target ?? site ?? facts.id).toLowerCase(),
  );
}

const COMMON: FieldTable = {
  'lw.worked': (facts) => [facts.outcome !== 'refused'],
  'lw.actor.kind': (facts) => [facts.actor.kind],
  'lw.actor.name': (facts) => one(facts.actor.name),
  'lw.actor.isperson': (facts) => [facts.actor.kind === 'person'],
  'lw.actor.isservice': (facts) => [facts.actor.kind === 'service'],
  'lw.actor.ismicrosoft': (facts) => [isMicrosofts(facts.actor)],
  'lw.actor.istarget': (facts) => [isOwnAct(facts)],
  'lw.actor.isunknown': (facts) => [facts.actor.kind === 'nobody' || isGuid(facts.actor.name ?? '')],
  'lw.act': (facts) => [facts.correlation ?? facts.id],
  'lw.resource': resourceOf,
};

const FIELDS: ReadonlyMap<string, (facts: Facts) => Values> = new Map(
  [
    COMMON,
    ROLE_FIELDS,
    APPLICATION_FIELDS,
    FORWARDING_FIELDS,
    MAILBOX_FIELDS,
    SHARING_FIELDS,
    GUEST_FIELDS,
    GROUP_FIELDS,
    LICENSE_FIELDS,
    SIGN_IN_FIELDS,
  ].flatMap((table) => Object.entries(table)),
);

/** Names of the fields of our own, in lower case. */
export const OWN_FIELDS: readonly string[] = [
  ...FIELDS.keys(),
  'lw.switch.<parameter>',
  'lw.label.<label>',
].sort();

const SWITCH = 'lw.switch.';
const LABEL = 'lw.label.';

/** The values of a field of our own; undefined where the record has nothing to say. */
export function ownValues(facts: Facts, field: string): Values {
  if (field.startsWith(SWITCH)) {
    const on = truthOf(parameterOf(facts, field.slice(SWITCH.length)));
    return on === null ? undefined : [on ? 'on' : 'off'];
  }
  if (field.startsWith(LABEL)) return one(labelsOf(facts)[field.slice(LABEL.length)]);
  return FIELDS.get(field)?.(facts);
}

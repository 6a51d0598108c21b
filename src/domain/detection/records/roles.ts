/** Who was given which role, and how: by the directory, or by Privileged Identity Management (PIM). */
import { changeOf, type Facts, type Thing, thingOf } from './facts.ts';
import { type FieldTable, one } from './field-table.ts';
import { guidOf, plainValue } from './loose.ts';
import { type RoleTier, roleName, roleTier } from './role-table.ts';

export type RoleAct = 'given' | 'eligible' | 'activated' | 'removed' | 'elevated';

export type RoleFacts = {
  act: RoleAct;
  templateId: string | null;
  name: string | null;
  tier: RoleTier;
  who: Thing | undefined;
};

const PIM = /^(MS-PIM|(Microsoft )?((Azure AD|Entra ID|Entra) )?(PIM|Privileged Identity Management))$/i;

/** PIM carries out in the directory what it has logged itself before. */
const isPim = ({ actor, log }: Facts): boolean => PIM.test(actor.name ?? '') && log.toUpperCase() !== 'PIM';

function actOf(facts: Facts): RoleAct | null {
  const operation = facts.operation.toLowerCase();
  if (
    /elevated their access to user access administrator|assigns the caller to user access admin/.test(
      operation,
    )
  )
    return 'elevated';
  const said =
    /^(add|remove) (?:(eligible|scoped|permanent) )?(?:direct )?member (?:to|from) role\b(.*)$/.exec(
      operation,
    );
  if (!said) return null;
  const [, verb, kind, rest = ''] = said;
  if (/request|denied|deny|approv|cancel|expire|renew|extend|failed/.test(rest)) return null;
  if (isPim(facts)) return verb === 'add' && facts.form === 'activity' ? 'activated' : null;
  if (verb === 'remove') return 'removed';
  if (/pim activation/.test(rest)) return 'activated';
  return kind === 'eligible' ? 'eligible' : 'given';
}

/** What a record tells of a role; null for every other record. On removal the role stands in the old values. */
export function roleOf(facts: Facts): RoleFacts | null {
  const act = actOf(facts);
  if (act === null) return null;
  const said = (...names: string[]): string | null => {
    const change = changeOf(facts, ...names);
    const [first, second] =
      act === 'removed' ? [change?.before, change?.after] : [change?.after, change?.before];
    return plainValue(first ?? null) ?? plainValue(second ?? null);
  };
  const detail = (name: string): string | null => facts.details.get(name) || null;
  const role = thingOf(facts, 'role');
  const templateId =
    guidOf(said('Role.TemplateId', 'TemplateId') ?? detail('templateid')) ??
    guidOf(said('RoleDefinitionOriginId') ?? detail('roledefinitionoriginid'));
  const shown = said('Role.DisplayName') ?? role?.name ?? null;
  const wellKnown = said('Role.WellKnownObjectName');
  const name =
    roleName(templateId) ?? shown ?? wellKnown ?? (act === 'elevated' ? 'User Access Administrator' : null);
  const who =
    thingOf(facts, 'user') ??
    thingOf(facts, 'serviceprincipal', 'application') ??
    thingOf(facts, 'group') ??
    thingOf(facts, 'other');
  return {
    act,
    templateId,
    name,
    tier: roleTier(templateId, [shown, wellKnown]),
    who: act === 'elevated' ? undefined : who,
  };
}

export const ROLE_FIELDS: FieldTable = {
  'lw.role.act': (facts) => one(roleOf(facts)?.act),
  'lw.role.name': (facts) => one(roleOf(facts)?.name),
  'lw.role.templateid': (facts) => one(roleOf(facts)?.templateId),
  'lw.role.tier': (facts) => one(roleOf(facts)?.tier),
};

import { servicePlanIdOf } from '../../license/catalogue.ts';

/**
 * Service plans that one user cannot have together, by name. Microsoft's list ("Product names and service plan
 * identifiers for licensing", section "Service plans that cannot be assigned at the same time") is kept no
 * longer, and says so. What can be stacked by now is left out, because refusing what Microsoft accepts is the
 * worse error: editions of Exchange Online since January 2023, and of SharePoint, Teams, Skype for Business
 * and Yammer in any two suites ("Introducing Support for Concurrent Exchange Online License Assignments"),
 * everything of Entra ID; and Dynamics 365, where the list is known to be wrong (azure-docs issue 94140).
 */
const EXCLUSIVE: readonly (readonly string[])[] = [
  ['MCOPSTN1', 'MCOPSTN2', 'MCOPSTN5'],
  ['INTUNE_A', 'INTUNE_A_VL'],
  ['RMS_S_ENTERPRISE', 'RMS_S_ENTERPRISE_GOV'],
  // Archiving for a mailbox that is on premises does not go with a mailbox in the cloud.
  ['EXCHANGE_S_ARCHIVE', 'EXCHANGE_S_STANDARD'],
  ['EXCHANGE_S_ARCHIVE', 'EXCHANGE_S_DESKLESS'],
  ['EXCHANGE_S_ARCHIVE', 'EXCHANGE_S_ESSENTIALS'],
];

/** The service plans that people know come first: they are the ones named. */
const MAILBOXES = [
  'EXCHANGE_S_STANDARD',
  'EXCHANGE_S_ENTERPRISE',
  'EXCHANGE_S_STANDARD_GOV',
  'EXCHANGE_S_ENTERPRISE_GOV',
];
const KIOSK_MAILBOXES = ['EXCHANGE_S_DESKLESS', 'EXCHANGE_S_DESKLESS_GOV', 'EXCHANGE_S_ESSENTIALS'];
const CALLERS = ['TEAMS1', 'MCOSTANDARD', 'TEAMS_GOV', 'TEAMS_AR_DOD', 'TEAMS_AR_GCCHIGH', 'MCOSTANDARD_GOV'];

/**
 * Service plans that need one of others, by name: Project from a refusal on record ("service plan fe71d6c3-…
 * depends on the service plan(s) 5dbe027f-…"), Phone System and Audio Conferencing likewise, Workplace Analytics
 * from Microsoft's page on group-based licensing, archiving from the description of the add-on.
 */
const REQUIRES: readonly { plan: string; anyOf: readonly string[] }[] = [
  {
    plan: 'SHAREPOINT_PROJECT',
    anyOf: ['SHAREPOINTENTERPRISE', 'SHAREPOINTENTERPRISE_EDU', 'SHAREPOINTENTERPRISE_GOV'],
  },
  { plan: 'MCOEV', anyOf: CALLERS },
  { plan: 'MCOMEETADV', anyOf: CALLERS },
  { plan: 'WORKPLACE_ANALYTICS', anyOf: MAILBOXES },
  { plan: 'EXCHANGE_S_ARCHIVE_ADDON', anyOf: [...MAILBOXES, ...KIOSK_MAILBOXES] },
];

/** Rules between service plans, by id. */
export type ServicePlanRules = {
  /** The service plans that a service plan does not go with. */
  exclusiveWith: ReadonlyMap<string, readonly string[]>;
  /** The service plans of which a service plan needs one. */
  neededBy: ReadonlyMap<string, readonly string[]>;
  /** Every service plan that a rule names: no other needs a look. */
  named: ReadonlySet<string>;
};

let rules: ServicePlanRules | undefined;

/** The rules, with the names looked up in the shipped table. Names that it does not have are left out. */
export function servicePlanRules(): ServicePlanRules {
  rules ??= lookUp();
  return rules;
}

const idsOf = (names: readonly string[]): string[] => names.flatMap((name) => servicePlanIdOf(name) ?? []);

function lookUp(): ServicePlanRules {
  const exclusiveWith = new Map<string, string[]>();
  for (const ids of EXCLUSIVE.map(idsOf)) {
    for (const one of ids) {
      const others = ids.filter((other) => other !== one);
      exclusiveWith.set(one, [...(exclusiveWith.get(one) ?? []), ...others]);
    }
  }
  const neededBy = new Map(
    REQUIRES.flatMap(({ plan, anyOf }) =>
      idsOf([plan]).map((servicePlanId) => [servicePlanId, idsOf(anyOf)] as const),
    ),
  );
  const named = new Set([...exclusiveWith.keys(), ...neededBy.keys(), ...[...neededBy.values()].flat()]);
  return { exclusiveWith, neededBy, named };
}

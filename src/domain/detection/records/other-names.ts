/**
 * Other names under which rules of others know an activity. Portals show activities by names of their own, and
 * rules for `properties.message` copy those; here they stand for the name that the record has.
 */
const OTHER_NAMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^add eligible member to role in pim completed \(permanent\)$/, ['Add eligible member (permanent)']],
  [/^add eligible member to role in pim completed \(timebound\)$/, ['Add eligible member (eligible)']],
  [
    /^add eligible member to role/,
    ['Add eligible member to role', 'Add eligible member (permanent)', 'Add eligible member (eligible)'],
  ],
  [
    /^remove eligible member from role/,
    ['Remove eligible member (permanent)', 'Remove eligible member (eligible)'],
  ],
  [/^add member to role\b/, ['Add member to role', 'Add user to role: Add member to role']],
  [/^add member to role .*(approved|denied)/, ['Request Approved/Denied']],
  [/^add member to role request (approved|denied)/, ['Request Approved/Denied']],
  [
    /^update application - certificates and secrets management$/,
    ['Update application – Certificates and secrets management'],
  ],
  [/^update (service principal|application)$/, ['Update Service principal/Update Application']],
  [/^add member to group$/, ['Add member from group']],
  [/^add oauth2permissiongrant$|^add delegation entry$/, ['Add delegated permission grant']],
  [/^disable pim alert$|^update pim alert|^pim alert.*disabled/, ['Disable PIM Alert']],
  [/role setting in pim/, ['Update role setting in PIM']],
  [/elevated their access to user access administrator/, ['Assigns the caller to user access admin']],
  [/reset.*password|password.*reset|change password/, ['Password reset']],
  [/^recover device local administrator password/, ['Recover device local administrator password']],
];

/** Every name that stands for some record's own name. */
export const ALL_OTHER_NAMES: readonly string[] = OTHER_NAMES.flatMap(([, names]) => names);

/** The other names of a normalised operation. */
export function otherNamesOf(operation: string): readonly string[] {
  const known = found.get(operation);
  if (known !== undefined) return known;
  const text = operation.toLowerCase();
  const names = OTHER_NAMES.flatMap(([pattern, others]) => (pattern.test(text) ? others : []));
  if (found.size >= MOST_OPERATIONS) found.clear();
  found.set(operation, names);
  return names;
}

/** A tenant has some hundreds of operations, which come again and again. */
const MOST_OPERATIONS = 2000;
const found = new Map<string, readonly string[]>();

/**
 * Microsoft's directory roles that may stand for one of ours, with their template ids, which are the same in
 * every tenant. From learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference.
 */
const TEMPLATE_IDS: ReadonlyMap<string, string> = new Map([
  ['Billing Administrator', 'b0f54661-2d74-4c50-afa3-1ec803f12efe'],
  ['Compliance Administrator', '17315797-102d-40b4-93e0-432062caca18'],
  ['Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de'],
  ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
  ['Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'],
  ['Groups Administrator', 'fdd7a751-b60b-444a-984c-02652fe8fa1c'],
  ['Helpdesk Administrator', '729827e3-9c14-49f7-bb1b-9608f156bbb8'],
  ['Identity Governance Administrator', '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e'],
  ['Intune Administrator', '3a2c62db-5318-420d-8d74-23affee5d9d5'],
  ['License Administrator', '4d6ac14f-3453-41d0-bef9-a3e0c569773a'],
  ['Privileged Role Administrator', 'e8611ab8-c189-46e8-94e1-60213ab1f814'],
  ['Reports Reader', '4a5d8f65-41da-4de4-8968-e035b65339cf'],
  ['Security Administrator', '194ae4cb-b126-40b2-bd5b-6091b380977d'],
  ['Security Operator', '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f'],
  ['Security Reader', '5d6b6bb7-de71-4623-b4af-96380a352509'],
  ['Service Support Administrator', 'f023fd81-a637-4b56-95fd-791ac0226033'],
  ['Teams Administrator', '69091246-20e8-4a56-aa4d-066075b2a7a8'],
  ['User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1'],
]);

const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  [...TEMPLATE_IDS].map(([name, id]) => [name.toLowerCase(), id]),
);

/** The names of the directory roles that we know, in alphabetical order. */
export const DIRECTORY_ROLE_NAMES: readonly string[] = [...TEMPLATE_IDS.keys()];

/** The template id (lower case) of the directory role with this name, in any case; null when we do not know it. */
export const directoryRoleId = (name: string): string | null => BY_LOWER_CASE.get(name.toLowerCase()) ?? null;

/** The name of a directory role by its template id; null when we do not know it. */
export const directoryRoleName = (templateId: string): string | null =>
  [...TEMPLATE_IDS].find(([, id]) => id === templateId)?.[0] ?? null;

/** What Entra's built-in roles can do, by their template ids: their display names are translated. */

/** `top`: becomes or makes a Global Administrator. `changes`: can change something. `reads`: only reads. */
export type RoleTier = 'top' | 'changes' | 'reads';

type Role = { name: string; tier: RoleTier };

/** Source: Microsoft Entra built-in roles. What is not here changes things, unless its name says that it reads. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['62e90394-69f5-4237-9190-012177145e10', { name: 'Global Administrator', tier: 'top' }],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', { name: 'Privileged Role Administrator', tier: 'top' }],
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', { name: 'Privileged Authentication Administrator', tier: 'top' }],
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', { name: 'Directory Readers', tier: 'reads' }],
  ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', { name: 'Global Reader', tier: 'reads' }],
  ['790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', { name: 'Message Center Reader', tier: 'reads' }],
  ['ac16e43d-7b2d-40e0-ac05-243ff356ab5b', { name: 'Message Center Privacy Reader', tier: 'reads' }],
  ['4a5d8f65-41da-4de4-8968-e035b65339cf', { name: 'Reports Reader', tier: 'reads' }],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', { name: 'Security Reader', tier: 'reads' }],
  ['75934031-6c7e-415a-99d7-48dbd49e875e', { name: 'Usage Summary Reports Reader', tier: 'reads' }],
  ['31e939ad-9672-4796-9c2e-873181342d2d', { name: 'Insights Business Leader', tier: 'reads' }],
  ['25df335f-86eb-4119-b717-0ff02de207e9', { name: 'Insights Analyst', tier: 'reads' }],
  ['9c99539d-8186-4804-835f-fd51ef9e2dcd', { name: 'Attribute Log Reader', tier: 'reads' }],
  ['1d336d2c-4ae8-42ef-9711-b3604ce3fc2c', { name: 'Attribute Definition Reader', tier: 'reads' }],
  ['ffd52fa5-98dc-465c-991d-fc073eb59f8f', { name: 'Attribute Assignment Reader', tier: 'reads' }],
  ['27460883-1df1-4691-b032-3b79643e5e63', { name: 'User Experience Success Manager', tier: 'reads' }],
  ['843318fb-79a6-4168-9e6f-aa9a07481cc4', { name: 'Global Secure Access Log Reader', tier: 'reads' }],
  ['1076ac91-f3d9-41a7-a339-dcdf5f480acc', { name: 'Teams Reader', tier: 'reads' }],
  ['10dae51f-b6af-4016-8d66-8c2a99b929b3', { name: 'Guest User', tier: 'reads' }],
  ['2af84b1e-32c8-42b7-82bc-daa82404023b', { name: 'Restricted Guest User', tier: 'reads' }],
  ['a0b1b346-4d3e-4e8b-98f8-753987be4970', { name: 'User', tier: 'reads' }],
  ['d405c6df-0af8-4e3b-95e4-4d06e542189e', { name: 'Device Users', tier: 'reads' }],
  ['c34f683f-4d5a-4403-affd-6615e00e3a7f', { name: 'Workplace Device Join', tier: 'reads' }],
  ['29232cdf-9323-42fd-ade2-1d097af3e4de', { name: 'Exchange Administrator', tier: 'changes' }],
  ['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', { name: 'SharePoint Administrator', tier: 'changes' }],
  ['69091246-20e8-4a56-aa4d-066075b2a7a8', { name: 'Teams Administrator', tier: 'changes' }],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', { name: 'User Administrator', tier: 'changes' }],
  ['194ae4cb-b126-40b2-bd5b-6091b380977d', { name: 'Security Administrator', tier: 'changes' }],
  ['5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', { name: 'Security Operator', tier: 'changes' }],
  ['b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', { name: 'Conditional Access Administrator', tier: 'changes' }],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', { name: 'Application Administrator', tier: 'changes' }],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', { name: 'Cloud Application Administrator', tier: 'changes' }],
  ['cf1c38e5-3621-4004-a7cb-879624dced7c', { name: 'Application Developer', tier: 'changes' }],
  ['c4e39bd9-1100-46d3-8c65-fb160da0071f', { name: 'Authentication Administrator', tier: 'changes' }],
  ['0526716b-113d-4c15-b2c8-68e3c22b9f80', { name: 'Authentication Policy Administrator', tier: 'changes' }],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', { name: 'Helpdesk Administrator', tier: 'changes' }],
  ['966707d0-3269-4727-9be2-8c3a10f19b9d', { name: 'Password Administrator', tier: 'changes' }],
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', { name: 'Groups Administrator', tier: 'changes' }],
  ['4d6ac14f-3453-41d0-bef9-a3e0c569773a', { name: 'License Administrator', tier: 'changes' }],
  ['b0f54661-2d74-4c50-afa3-1ec803f12efe', { name: 'Billing Administrator', tier: 'changes' }],
  ['3a2c62db-5318-420d-8d74-23affee5d9d5', { name: 'Intune Administrator', tier: 'changes' }],
  ['17315797-102d-40b4-93e0-432062caca18', { name: 'Compliance Administrator', tier: 'changes' }],
  ['e6d1a23a-da11-4be4-9570-befc86d067a7', { name: 'Compliance Data Administrator', tier: 'changes' }],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', { name: 'Hybrid Identity Administrator', tier: 'changes' }],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', { name: 'Directory Writers', tier: 'changes' }],
  ['d29b2b05-8046-44ba-8758-1e26182fcf32', { name: 'Directory Synchronization Accounts', tier: 'changes' }],
  ['7698a772-787b-4ac8-901f-60d6b08affd2', { name: 'Cloud Device Administrator', tier: 'changes' }],
  ['f023fd81-a637-4b56-95fd-791ac0226033', { name: 'Service Support Administrator', tier: 'changes' }],
  ['11648597-926c-4cf3-9c36-bcebb0ba8dcc', { name: 'Power Platform Administrator', tier: 'changes' }],
  ['a9ea8996-122f-4c74-9520-8edcd192826c', { name: 'Fabric Administrator', tier: 'changes' }],
]);

/** `Role.WellKnownObjectName` and older names, for records that lack the template id. */
const TOP_NAMES: ReadonlySet<string> = new Set([
  'tenantadmins',
  'companyadministrator',
  'company administrator',
  'globaladministrator',
  'global administrator',
  'privilegedroleadmins',
  'privileged role administrator',
  'privilegedauthenticationadmins',
  'privileged authentication administrator',
]);

/** The role's own name in English, by its template id; null for one that is not in the table. */
export const roleName = (templateId: string | null): string | null =>
  (templateId === null ? undefined : ROLES.get(templateId))?.name ?? null;

/** What a role can do, by its template id, else by its names. */
export function roleTier(templateId: string | null, names: readonly (string | null)[]): RoleTier {
  const known = templateId === null ? undefined : ROLES.get(templateId);
  if (known) return known.tier;
  const said = names.flatMap((name) => (name === null ? [] : [name.toLowerCase().trim()]));
  if (said.some((name) => TOP_NAMES.has(name))) return 'top';
  return said.some((name) => /readers?$/.test(name)) ? 'reads' : 'changes';
}

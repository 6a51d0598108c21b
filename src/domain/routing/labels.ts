/** What an alert is about, by name. A label may have several values: an incident has a target for each of its users. */
export type Labels = Readonly<Record<string, string | readonly string[]>>;

/** From the least to the worst. License incidents have the last four. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** The level that alerts have; null where they have none that is known. */
export function levelOf({ level }: Labels): Level | null {
  return LEVELS.find((one) => one === level) ?? null;
}

/** Whether a level is at least as bad as another. */
export const isAtLeastLevel = (level: Level, least: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(least);

/** Of License Watch itself: it cannot read the tenant, a log went silent. Never held back, never sent nowhere. */
export const OWN_HEALTH = 'health';

/** Classes of security events, of license changes, and of our own health. */
export const ROUTE_CLASSES = [
  'roles',
  'groups',
  'applications',
  'resources',
  'sharing',
  'guests',
  'teams',
  'forwarding',
  'mailbox-access',
  'sign-ins',
  'auditing',
  'licensing',
  OWN_HEALTH,
] as const;

/** Labels that our alerts can have, and what their values are. Rules of others may give more: see `labels` of the file. */
export const KNOWN_LABELS: Readonly<Record<string, string>> = {
  rule: 'the id or name of the rule; for license incidents `license:` and the kind',
  class: 'the class: roles, groups, …, licensing, health',
  level: 'informational, low, medium, high or critical',
  kind: 'of a license incident: lost, never-granted, …; notice for a message of ours',
  cause: 'of a license incident: why it happened',
  unit: 'id or name of an administrative unit with one of its users',
  department: 'department of one of its users',
  actor: 'who did it: id, sign-in name or name',
  target: 'who it was done to: id, sign-in name or name',
  sku: 'product: id, part number or name',
  group: 'group: id or name',
  watched: '`true` where somebody on the watch list is affected',
  mass: '`true` where ten or more users are affected',
  address: 'IP address',
  country: 'country of the address',
  app: 'application: id or name',
  card: '`true` where it has a card although it is low, as a core service that is switched off',
  client: 'client with which it was done',
  device: 'device',
  domain: 'domain outside',
  mailbox: 'mailbox',
  object: 'whatever else it was done to',
  operation: 'operation of the audit record',
  plan: 'service plan',
  policy: 'policy',
  resource: 'resource or service',
  role: 'directory role: id or name',
  site: 'SharePoint site',
  source: 'the log that it comes from',
  product: 'product that was taken',
  team: 'team',
  tenant: 'other tenant',
  trustee: 'who was given access to a mailbox',
  workload: 'workload of the audit record',
};

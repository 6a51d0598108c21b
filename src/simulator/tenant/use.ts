/** What usage reports count; `windows`, `mac`, `mobile` and `web` are where the Office apps were used. */
export const SERVICES = [
  'exchange',
  'onedrive',
  'sharepoint',
  'teams',
  'yammer',
  'skype',
  'apps',
  'windows',
  'mac',
  'mobile',
  'web',
] as const;

export type Service = (typeof SERVICES)[number];

/** What an account did last in each service, ms UTC; null: never. A service that is left out follows the sign-ins. */
export type Use = Partial<Record<Service, number | null>> & { mailboxBytes?: number; driveBytes?: number };

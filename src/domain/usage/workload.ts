/**
 * What Microsoft's usage reports tell apart. `apps` is any use of the Office apps, `desktop` their use on Windows or
 * a Mac, which is what only some licenses allow.
 */
export const WORKLOADS = [
  'exchange',
  'onedrive',
  'sharepoint',
  'teams',
  'yammer',
  'skype',
  'apps',
  'desktop',
] as const;

export type Workload = (typeof WORKLOADS)[number];

/** What people call it. */
export const WORKLOAD_NAMES: Readonly<Record<Workload, string>> = {
  exchange: 'Exchange',
  onedrive: 'OneDrive',
  sharepoint: 'SharePoint',
  teams: 'Teams',
  yammer: 'Viva Engage',
  skype: 'Skype for Business',
  apps: 'Office apps',
  desktop: 'Office on a computer',
};

/** What somebody can ask to have written, beside any incident. */
export const REQUEST_KINDS = [
  'assign',
  'remove',
  'swap',
  'turn-on',
  'turn-off',
  'add-to-group',
  'remove-from-group',
  'license-group',
  'unlicense-group',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Somebody put into a group or taken out of it. */
export type MembershipKind = 'add-to-group' | 'remove-from-group';
/** What a group gives to everybody who is in it. */
export type GroupLicenseKind = 'license-group' | 'unlicense-group';

export const isMembershipKind = (kind: string): kind is MembershipKind =>
  kind === 'add-to-group' || kind === 'remove-from-group';

export const isGroupLicenseKind = (kind: string): kind is GroupLicenseKind =>
  kind === 'license-group' || kind === 'unlicense-group';

/** Whether such a request is about a group, which has to be looked at before anything is planned. */
export const isAboutGroup = (kind: string): kind is MembershipKind | GroupLicenseKind =>
  isMembershipKind(kind) || isGroupLicenseKind(kind);

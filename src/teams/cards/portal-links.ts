/** Where Microsoft's own portals of a cloud are: addresses without a final slash. */
export type Portals = {
  /** The Entra admin center. */
  entra: string;
  /** The Microsoft 365 admin center, up to what comes before `#`. */
  admin: string;
};

const ID = /^[\w.-]{1,64}$/;

/** A piece of a text that opens a page when it is pressed; an empty page is none. Never Markdown. */
export type TextPart = { text: string; page: string };

/** The person's page in the Entra admin center; null without portals, and for an id that is none. */
export const personPage = (portals: Portals | null, userId: string): string | null =>
  portals !== null && ID.test(userId)
    ? `${portals.entra}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/${userId}`
    : null;

/** Microsoft's page about one of its service incidents. */
export const issuePage = (portals: Portals | null, issueId: string): string | null =>
  portals !== null && ID.test(issueId) ? `${portals.admin}#/servicehealth/:/alerts/${issueId}` : null;

/** "Your products": subscriptions, their seats and their renewal. */
export const productsPage = (portals: Portals | null): string | null =>
  portals === null ? null : `${portals.admin}#/subscriptions`;

/** Makes links of the ids of service incidents in a text. */
export function issueLinks(text: string, issueIds: readonly string[], portals: Portals | null): TextPart[] {
  const pages = new Map(issueIds.map((id) => [id, issuePage(portals, id)]));
  const known = [...pages].flatMap(([id, page]) => (page === null || id === '' ? [] : [id]));
  if (known.length === 0) return [{ text, page: '' }];
  // The ids are letters, digits, dots and dashes: `issuePage` has no page for others.
  const ids = new RegExp(`(${known.map((id) => id.replaceAll('.', '\\.')).join('|')})`);
  return text
    .split(ids)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, page: pages.get(part) ?? '' }));
}

import type { Cloud } from '../clouds.ts';

/**
 * Where OneDrive and SharePoint keep files, by cloud: "Office 365 URLs and IP address ranges" of Microsoft, the
 * SharePoint Online rows. One name stands before the domain: `contoso-my.sharepoint.com`.
 */
const STORAGE: Readonly<Record<Cloud['name'], RegExp>> = {
  public: /^[a-z0-9-]+\.sharepoint\.com$/,
  custom: /^[a-z0-9-]+\.sharepoint\.com$/,
  gcch: /^[a-z0-9-]+\.sharepoint\.us$/,
  dod: /^[a-z0-9-]+\.sharepoint-mil\.us$/,
  china: /^[a-z0-9-]+\.sharepoint\.cn$/,
};

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/;
const LONGEST = 8_000;

export type AddressRules = {
  cloud: Cloud['name'];
  /** A tenant that is simulated on this machine keeps its files here; never where a real Teams talks to us. */
  allowLoopback: boolean;
};

/**
 * An address that was sent to us, if the tenant's data may go there: whoever can send us an activity could name
 * any server. See docs/decisions/where-files-go.md.
 * @returns null for any other place, and for what is no address
 */
export function uploadAddress(text: string, { cloud, allowLoopback }: AddressRules): URL | null {
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (allowLoopback && url.protocol === 'http:' && LOOPBACK.test(url.hostname)) return url;
  return url.protocol === 'https:' && url.port === '' && STORAGE[cloud].test(url.hostname) ? url : null;
}

import type { Cloud } from '../clouds.ts';

/**
 * Where Microsoft keeps usage reports to be fetched, by cloud: `reports.office.com` and those of its regions
 * (`reportsncu.office.com`, `reportsweu.office.com`).
 */
const HOSTS: Readonly<Record<Exclude<Cloud['name'], 'custom'>, RegExp>> = {
  public: /^reports[a-z0-9-]*\.office\.com$/,
  gcch: /^reports[a-z0-9-]*\.office365\.us$/,
  dod: /^reports[a-z0-9-]*\.(?:office365\.us|apps\.mil)$/,
  china: /^reports[a-z0-9-]*\.(?:partner\.)?office365\.cn$/,
};

const LONGEST = 16_000;

/**
 * The address that Graph sends us to for a report, if it is one of Microsoft's report hosts of this cloud; in a cloud
 * of one's own, the host of its Graph, on any port.
 * @returns null for any other place, and for what is no address
 */
export function reportAddress(text: string, cloud: Cloud): URL | null {
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (cloud.name === 'custom') {
    const graph = new URL(cloud.endpoints.graph);
    return url.hostname === graph.hostname && url.protocol === graph.protocol ? url : null;
  }
  return url.protocol === 'https:' && url.port === '' && HOSTS[cloud.name].test(url.hostname) ? url : null;
}

/** Where one Microsoft cloud lives: origins without a final slash. */
export type Endpoints = { authority: string; graph: string; managementApi: string };

/** Which cloud the tenant is in; `custom` names its own origins (a simulator, a gateway). */
export type Cloud = { name: 'public' | 'gcch' | 'dod' | 'china' } | { name: 'custom'; endpoints: Endpoints };

/**
 * Microsoft's addresses, from "National cloud deployments" (Graph) and the Management Activity API
 * reference. For China the sign-in host is the one that clients use today; the documents still name
 * login.chinacloudapi.cn, which is an alias of it.
 */
const ENDPOINTS: Record<Exclude<Cloud['name'], 'custom'>, Endpoints> = {
  public: {
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    managementApi: 'https://manage.office.com',
  },
  gcch: {
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    managementApi: 'https://manage.office365.us',
  },
  dod: {
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    managementApi: 'https://manage.protection.apps.mil',
  },
  china: {
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    managementApi: 'https://manage.office365.cn',
  },
};

/** The origins of a cloud. */
export const endpointsOf = (cloud: Cloud): Endpoints =>
  cloud.name === 'custom' ? cloud.endpoints : ENDPOINTS[cloud.name];

/** The scope to ask a token for: in every cloud it is the service's own host, never the public one. */
export const scopeOf = (origin: string): string => `${origin}/.default`;

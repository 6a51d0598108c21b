import { PublicClientApplication } from '@azure/msal-node';

/** Microsoft's own public client for administrators' command lines, "Microsoft Graph Command Line Tools". */
const GRAPH_COMMAND_LINE = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** What an administrator consents to for the moment of the setup. */
const SCOPES = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'] as const;

/**
 * A token of an administrator who may register apps and grant permissions, by the device code flow: they open the page
 * that `tell` names, and type the code. Throws what MSAL throws when nobody signs in.
 * @param authority the sign-in origin of the cloud, `graph` that of Graph
 */
export async function tokenByDeviceCode(options: {
  authority: string;
  graph: string;
  tenantId: string;
  tell(sentence: string): void;
}): Promise<string> {
  const client = new PublicClientApplication({
    auth: { clientId: GRAPH_COMMAND_LINE, authority: `${options.authority}/${options.tenantId}` },
  });
  const result = await client.acquireTokenByDeviceCode({
    scopes: SCOPES.map((scope) => `${options.graph}/${scope}`),
    deviceCodeCallback: ({ message }) => options.tell(message),
  });
  if (result === null) throw new Error('Microsoft gave no token: sign in again.');
  return result.accessToken;
}

import { z } from 'zod';
import { GRAPH, MANAGEMENT, type Permission } from './features.ts';
import type { GraphCalls } from './graph-calls.ts';

/** What came of it. `missing` are permissions that this cloud does not have. */
export type Registered = { clientId: string; secret: string | null; granted: string[]; missing: string[] };

export type RegisterOptions = {
  graph: GraphCalls;
  appName: string;
  permissions: readonly Permission[];
  /** Whether a new client secret is needed: not where one is kept already. @param clientId of the app */
  needsSecret(clientId: string): boolean;
  /** Told about each step, without secrets. */
  say(line: string): void;
};

const App = z.object({ id: z.string(), appId: z.string() });
const Principal = z.object({ id: z.string() });
const Resource = z.object({
  id: z.string(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })),
});
const List = <Item extends z.ZodType>(item: Item) => z.object({ value: z.array(item) });
const Assignment = z.object({ appRoleId: z.string(), resourceId: z.string() });
const Secret = z.object({ secretText: z.string().min(1) });

const quoted = (text: string): string => encodeURIComponent(`'${text.replaceAll("'", "''")}'`);

/**
 * Makes the app registration, its service principal, and grants it the permissions with consent for the tenant. What is
 * there is left alone, so that it can be run again. Throws SetupError.
 */
export async function register(options: RegisterOptions): Promise<Registered> {
  const { graph, appName, say } = options;
  const app = await appOf(options);
  const principal = await principalOf(graph, app.appId, say);
  const { granted, missing } = await grant(options, principal.id);
  if (!options.needsSecret(app.appId)) {
    say('The client secret is kept already.');
    return { clientId: app.appId, secret: null, granted, missing };
  }
  const made = await graph.call('POST', `/applications/${app.id}/addPassword`, {
    passwordCredential: { displayName: `${appName} (license-watch setup)` },
  });
  say('A client secret was made; it is written to the file and shown nowhere.');
  return { clientId: app.appId, secret: Secret.parse(made).secretText, granted, missing };
}

async function appOf({ graph, appName, say }: RegisterOptions): Promise<z.infer<typeof App>> {
  const path = `/applications?$filter=displayName eq ${quoted(appName)}&$select=id,appId&$top=2`;
  const [found, ...others] = List(App).parse(await graph.call('GET', path)).value;
  if (others.length > 0) {
    throw new RangeError(
      `There are several app registrations called “${appName}”: choose another with --app-name.`,
    );
  }
  if (found) {
    say(`The app registration “${appName}” is there.`);
    return found;
  }
  const body = { displayName: appName, signInAudience: 'AzureADMyOrg' };
  const made = App.parse(await graph.call('POST', '/applications', body));
  say(`The app registration “${appName}” was made.`);
  return made;
}

async function principalOf(
  graph: GraphCalls,
  appId: string,
  say: RegisterOptions['say'],
): Promise<z.infer<typeof Principal>> {
  const path = `/servicePrincipals?$filter=appId eq ${quoted(appId)}&$select=id`;
  const [found] = List(Principal).parse(await graph.call('GET', path)).value;
  if (found) return found;
  const made = Principal.parse(await graph.call('POST', '/servicePrincipals', { appId }));
  say('Its enterprise application (service principal) was made.');
  return made;
}

async function grant(
  { graph, permissions, say }: RegisterOptions,
  principalId: string,
): Promise<Pick<Registered, 'granted' | 'missing'>> {
  const own = `/servicePrincipals/${principalId}/appRoleAssignments`;
  const existing = List(Assignment).parse(await graph.call('GET', `${own}?$top=999`)).value;
  const granted: string[] = [];
  const missing: string[] = [];
  for (const api of [GRAPH, MANAGEMENT] as const) {
    const wanted = permissions.filter((one) => one.api === api);
    if (wanted.length === 0) continue;
    const path = `/servicePrincipals?$filter=appId eq ${quoted(api)}&$select=id,appRoles`;
    const [resource] = List(Resource).parse(await graph.call('GET', path)).value;
    for (const { name } of wanted) {
      const role = resource?.appRoles.find(({ value }) => value === name);
      if (!resource || !role) {
        missing.push(name);
        continue;
      }
      granted.push(name);
      if (existing.some((one) => one.appRoleId === role.id && one.resourceId === resource.id)) continue;
      await graph.call('POST', own, { principalId, resourceId: resource.id, appRoleId: role.id });
      say(`Granted ${name}.`);
    }
  }
  return { granted, missing };
}

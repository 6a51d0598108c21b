import { GRAPH, MANAGEMENT, type Permission } from './features.ts';

/** What `--apply` does, as commands of the Azure CLI that print no secret. */
export function commandsFor(
  appName: string,
  permissions: readonly Permission[],
  graph: string,
  file: string,
): string[] {
  const of = (api: string): string[] => permissions.filter((one) => one.api === api).map(({ name }) => name);
  return [
    `APP_ID=$(az ad app list --filter "displayName eq '${appName}'" --query "[0].appId" --output tsv)`,
    `[ -n "$APP_ID" ] || APP_ID=$(az ad app create --display-name "${appName}" --sign-in-audience AzureADMyOrg --query appId --output tsv)`,
    'az ad sp show --id "$APP_ID" --output none 2>/dev/null || az ad sp create --id "$APP_ID" --output none',
    'SP=$(az ad sp show --id "$APP_ID" --query id --output tsv)',
    ...[GRAPH, MANAGEMENT].flatMap((api) => [
      `API=$(az ad sp show --id ${api} --query id --output tsv)`,
      ...of(api).map(
        (name) =>
          `ROLE=$(az ad sp show --id ${api} --query "appRoles[?value=='${name}'].id | [0]" --output tsv); az rest --method POST --url "${graph}/v1.0/servicePrincipals/$SP/appRoleAssignments" --body "{\\"principalId\\":\\"$SP\\",\\"resourceId\\":\\"$API\\",\\"appRoleId\\":\\"$ROLE\\"}" --output none  # ${name}`,
      ),
    ]),
    'umask 077',
    `{ echo "AAD_APP_CLIENT_ID=$APP_ID"; echo "AAD_APP_CLIENT_SECRET='$(az ad app credential reset --id "$APP_ID" --append --query password --output tsv)'"; } >> ${file}`,
  ];
}

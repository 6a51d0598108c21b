/** What a refused sign-in says is wrong: the credential itself, or something else that no new credential mends. */
export type Blame = 'credential' | 'registration' | 'tenant' | 'policy' | 'service' | 'clock' | 'unknown';

type KnownError = { blames: Blame; says: string; fix: string; commands?: readonly string[] };

const CLOUD = 'the setting CLOUD (public, gcch, dod or china)';

/**
 * Entra's error numbers and what to do (Microsoft, "Microsoft Entra authentication and authorization error codes").
 * `$APP` stands for the client id that signs in.
 */
const KNOWN: Readonly<Record<string, KnownError>> = {
  '7000215': {
    blames: 'credential',
    says: 'The client secret is wrong.',
    fix: 'Set the secret’s value, not its id: Entra admin center, App registrations, Certificates & secrets; or az ad app credential reset --id $APP --append.',
    commands: ['az ad app credential reset --id "$APP" --append --years 1'],
  },
  '7000222': {
    blames: 'credential',
    says: 'The client secret has expired.',
    fix: 'Create a new secret and set its value: az ad app credential reset --id $APP --append; then restart the bot.',
    commands: ['az ad app credential reset --id "$APP" --append --years 1'],
  },
  '7000218': {
    blames: 'credential',
    says: 'The sign-in carried no secret and no assertion.',
    fix: 'Set one credential, and allow confidential clients in the app registration.',
  },
  '7000216': {
    blames: 'credential',
    says: 'The sign-in carried no credential that this app may use.',
    fix: 'Set a client secret or certificate of this app registration.',
  },
  '700024': {
    blames: 'clock',
    says: 'The assertion is outside of its time: the clock of this machine is wrong.',
    fix: 'Set the clock: timedatectl set-ntp true.',
    commands: ['sudo timedatectl set-ntp true'],
  },
  '700027': {
    blames: 'credential',
    says: 'The certificate is not one of the app registration, or has expired.',
    fix: 'Upload the certificate: az ad app credential reset --id $APP --append --cert @certificate.pem.',
    commands: ['az ad app credential reset --id "$APP" --append --cert @"$AAD_APP_CERTIFICATE_PATH"'],
  },
  '50027': {
    blames: 'credential',
    says: 'The assertion that the app signed is not valid.',
    fix: 'Check that AAD_APP_CERTIFICATE_PATH is the certificate of this app registration.',
  },
  '50012': {
    blames: 'credential',
    says: 'The signature of the app’s assertion does not fit its certificate.',
    fix: 'Upload the certificate again: az ad app credential reset --id $APP --append --cert @certificate.pem.',
    commands: ['az ad app credential reset --id "$APP" --append --cert @"$AAD_APP_CERTIFICATE_PATH"'],
  },
  '70021': {
    blames: 'credential',
    says: 'No federated credential of the app registration matches the token.',
    fix: 'Compare issuer, subject and audience: az ad app federated-credential list --id $APP.',
    commands: ['az ad app federated-credential list --id "$APP"'],
  },
  '700211': {
    blames: 'credential',
    says: 'No federated credential of the app registration matches the issuer of the token.',
    fix: 'Correct the issuer: az ad app federated-credential list --id $APP.',
    commands: ['az ad app federated-credential list --id "$APP"'],
  },
  '700212': {
    blames: 'credential',
    says: 'No federated credential of the app registration matches the audience of the token.',
    fix: 'Use the audience api://AzureADTokenExchange: az ad app federated-credential list --id $APP.',
    commands: ['az ad app federated-credential list --id "$APP"'],
  },
  '700213': {
    blames: 'credential',
    says: 'No federated credential of the app registration matches the subject of the token.',
    fix: 'Correct the subject: az ad app federated-credential list --id $APP.',
    commands: ['az ad app federated-credential list --id "$APP"'],
  },
  '700016': {
    blames: 'registration',
    says: 'The app is not known in this tenant.',
    fix: 'Check the client id and the tenant id: az ad app show --id $APP; where the app is another tenant’s: az ad sp create --id $APP.',
    commands: ['az ad app show --id "$APP" || az ad sp create --id "$APP"'],
  },
  '7000229': {
    blames: 'registration',
    says: 'The app has no service principal (enterprise application) in this tenant.',
    fix: 'Create it: az ad sp create --id $APP.',
    commands: ['az ad sp create --id "$APP"'],
  },
  '7000112': {
    blames: 'registration',
    says: 'The app is disabled in this tenant.',
    fix: 'Enable it: Entra admin center, Enterprise applications, Properties, “Enabled for users to sign-in”; or az ad sp update --id $APP --set accountEnabled=true.',
    commands: ['az ad sp update --id "$APP" --set accountEnabled=true'],
  },
  '700030': {
    blames: 'registration',
    says: 'The certificate of the app has been revoked.',
    fix: 'Upload another certificate: az ad app credential reset --id $APP --append --cert @certificate.pem.',
  },
  '50034': {
    blames: 'registration',
    says: 'The account is not known in this tenant.',
    fix: 'Check the client id and the tenant id.',
  },
  '90002': {
    blames: 'tenant',
    says: 'The tenant does not exist.',
    fix: `Check the tenant id (az account show --query tenantId) and ${CLOUD}.`,
    commands: ['az account show --query tenantId --output tsv'],
  },
  '900023': {
    blames: 'tenant',
    says: 'The tenant id is no id and no domain name.',
    fix: 'Set the tenant id: az account show --query tenantId.',
    commands: ['az account show --query tenantId --output tsv'],
  },
  '90072': {
    blames: 'tenant',
    says: 'The app belongs to another tenant.',
    fix: 'Check the tenant id: az account show --query tenantId.',
    commands: ['az account show --query tenantId --output tsv'],
  },
  '90038': {
    blames: 'tenant',
    says: 'The tenant is in another cloud.',
    fix: `Correct ${CLOUD}.`,
  },
  '900382': {
    blames: 'tenant',
    says: 'The tenant is in another cloud.',
    fix: `Correct ${CLOUD}.`,
  },
  '500011': {
    blames: 'service',
    says: 'The service is not known in this tenant.',
    fix: `Check ${CLOUD}; where it is right, create the service’s enterprise application: az ad sp create --id <its app id>.`,
    commands: ['az ad sp create --id c5393580-f805-4401-95e8-94b7a6ef2fc2'],
  },
  '650052': {
    blames: 'service',
    says: 'The tenant has no service principal of the service that the app asks for, or has not subscribed to it.',
    fix: 'Create it: az ad sp create --id c5393580-f805-4401-95e8-94b7a6ef2fc2 (Office 365 Management APIs), then grant the permission again.',
    commands: ['az ad sp create --id c5393580-f805-4401-95e8-94b7a6ef2fc2'],
  },
  '65001': {
    blames: 'registration',
    says: 'Nobody has consented to the app.',
    fix: 'Grant admin consent: az ad app permission admin-consent --id $APP.',
    commands: ['az ad app permission admin-consent --id "$APP"'],
  },
  '501051': {
    blames: 'registration',
    says: 'The app is not assigned to the service, which demands it.',
    fix: 'Grant the permissions again: npm run grant -- <object id of the service principal>.',
  },
  '53003': {
    blames: 'policy',
    says: 'A Conditional Access policy blocks the app.',
    fix: 'Leave this app out of the policy for workload identities: Entra admin center, Protection, Conditional Access; the sign-in log of service principals names the policy.',
    commands: [
      'az rest --method GET --url "$GRAPH/v1.0/identity/conditionalAccess/policies?\\$select=displayName,state,conditions" --resource "$GRAPH"',
    ],
  },
  '530035': {
    blames: 'policy',
    says: 'Security defaults or a policy of the tenant block the app.',
    fix: 'Entra admin center, Protection, Conditional Access: let this app in.',
  },
  '90033': {
    blames: 'unknown',
    says: 'Entra has a passing trouble.',
    fix: 'Try again in some minutes.',
  },
};

/** A refused sign-in, as far as the answer says why. */
export type EntraRefusal = {
  /** Entra's number, `7000222`; null where the answer has none. */
  number: string | null;
  /** Microsoft's own sentence. */
  message: string;
  traceId: string | null;
};

export type ExplainedRefusal = {
  blames: Blame;
  detail: string;
  fix: string;
  commands: readonly string[];
};

/** Says what a refusal means and what to do; of a number that we do not know, Microsoft's own sentence. */
export function explainRefusal(refusal: EntraRefusal, clientId: string): ExplainedRefusal {
  const { number, message, traceId } = refusal;
  const known = number === null ? undefined : KNOWN[number];
  const trace = traceId === null ? '' : ` Trace ID: ${traceId}.`;
  const name = number === null ? 'without a number' : `AADSTS${number}`;
  if (!known) {
    return {
      blames: 'unknown',
      detail: `The sign-in was refused (${name}). Microsoft says: ${message || 'nothing more.'}${trace}`,
      fix: `Look it up: https://login.microsoftonline.com/error?code=${number ?? ''}. Microsoft’s support asks for the trace ID.`,
      commands: [],
    };
  }
  return {
    blames: known.blames,
    detail: `${known.says} (AADSTS${number}.${trace})`,
    fix: known.fix.replaceAll('$APP', clientId || '<client id>'),
    commands: known.commands ?? [],
  };
}

/** The sentence with which the product itself reports a refusal; null for a number that is not known. */
export const adviceFor = (number: string): string | null => {
  const known = KNOWN[number];
  return known ? `${known.says} ${known.fix.replaceAll('$APP', '<client id>')}` : null;
};

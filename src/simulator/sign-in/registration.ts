import type { FederatedCredential } from './federation.ts';

/** A client secret as the registration lists it: never the value but its first letters. */
export type ClientSecret = { readonly value: string; readonly keyId: string; endsAt: number };

/** What may keep an app from a token although its credential is right. */
export type AppState = {
  /** False: the registration is in no tenant that this authority knows it by (AADSTS700016). */
  known: boolean;
  /** False: registered, and never made an enterprise application (AADSTS7000229). */
  servicePrincipal: boolean;
  /** True: a Conditional Access policy for workload identities blocks it (AADSTS53003). */
  blockedByPolicy: boolean;
};

/** An app registration and what was granted to it. */
export type AppRegistration = {
  readonly tenantId: string;
  readonly tenantNames: readonly string[];
  readonly clientId: string;
  readonly displayName: string;
  readonly servicePrincipalId: string;
  readonly secrets: ClientSecret[];
  /** Certificates (PEM) whose keys may sign a client assertion. */
  readonly certificates: readonly string[];
  /** Issuers whose tokens stand for the app. */
  readonly federated: readonly FederatedCredential[];
  /** Application permissions by name; a test may take one away while it runs. */
  readonly permissions: Set<string>;
  /** When each was granted, ms UTC; those that were there from the beginning have no entry. */
  readonly grantedAt: Map<string, number>;
  readonly state: AppState;
};

/** The state of an app that nothing keeps from its token. */
export const anAppState = (): AppState => ({
  known: true,
  servicePrincipal: true,
  blockedByPolicy: false,
});

/**
 * Every application permission that License Watch asks for, and `ActivityFeed.Read` of the other API. What a team's
 * owner may consent to, `ChannelMessage.Read.Group`, is not among them.
 */
export const ALL_PERMISSIONS: readonly string[] = [
  'User.Read.All',
  'User.ReadWrite.All',
  'User.DeleteRestore.All',
  'Directory.Read.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'AdministrativeUnit.Read.All',
  'RoleManagement.Read.Directory',
  'AuditLog.Read.All',
  'ServiceHealth.Read.All',
  'Reports.Read.All',
  'ReportSettings.Read.All',
  'MailboxSettings.Read',
  'ActivityFeed.Read',
];

/** The permissions of the Office 365 Management APIs; all others are Graph's. */
const MANAGEMENT_PERMISSIONS: ReadonlySet<string> = new Set(['ActivityFeed.Read', 'ActivityFeed.ReadDlp']);

/** What a token for one API tells: its roles are those of that API alone, and there is no claim where there are none. */
export const rolesFor = (app: AppRegistration, api: 'graph' | 'activity' | 'both' | 'bot'): string[] =>
  api === 'bot'
    ? []
    : [...app.permissions].filter(
        (name) => api === 'both' || MANAGEMENT_PERMISSIONS.has(name) === (api === 'activity'),
      );

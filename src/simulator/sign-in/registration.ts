import type { FederatedCredential } from './federation.ts';

/** An app registration and what was granted to it. */
export type AppRegistration = {
  readonly tenantId: string;
  readonly tenantNames: readonly string[];
  readonly clientId: string;
  readonly displayName: string;
  readonly servicePrincipalId: string;
  readonly secrets: readonly string[];
  /** Certificates (PEM) whose keys may sign a client assertion. */
  readonly certificates: readonly string[];
  /** Issuers whose tokens stand for the app. */
  readonly federated: readonly FederatedCredential[];
  /** Application permissions by name; a test may take one away while it runs. */
  readonly permissions: Set<string>;
};

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

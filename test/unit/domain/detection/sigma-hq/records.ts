/**
 * Records as the two logs write them, each with the file of the SigmaHQ rule that is about such an act. They are
 * written from Microsoft's descriptions of the records, not from the rules.
 */

type Change = { displayName: string; oldValue: string | null; newValue: string | null };
type Target = {
  type?: string;
  displayName?: string | null;
  userPrincipalName?: string | null;
  changed?: Change[];
};

const changed = (displayName: string, newValue: string | null, oldValue: string | null = null): Change => ({
  displayName,
  oldValue,
  newValue,
});

const person = (userPrincipalName: string, changes: Change[] = []): Target => ({
  type: 'User',
  displayName: null,
  userPrincipalName,
  changed: changes,
});
const app = (displayName: string, changes: Change[] = [], type = 'Application'): Target => ({
  type,
  displayName,
  changed: changes,
});

/** A `directoryAudit` of Graph. */
const graph = (
  category: string,
  activityDisplayName: string,
  targets: Target[],
  over: Record<string, unknown> = {},
): Record<string, unknown> => ({
  id: 'Directory_5b6f2d0e-7c0a-4f3e-9d57-2a7f1b1f0c11_A1B2C_10000001',
  category,
  correlationId: '5b6f2d0e-7c0a-4f3e-9d57-2a7f1b1f0c11',
  result: 'success',
  resultReason: '',
  activityDisplayName,
  activityDateTime: '2026-08-05T09:12:44.1234567Z',
  loggedByService: 'Core Directory',
  operationType: 'Update',
  initiatedBy: {
    app: null,
    user: {
      id: '0f6f5f06-4e4a-4d56-8f5c-6b4a1d2f7a10',
      displayName: null,
      userPrincipalName: 'adm-greta@litware.example',
      ipAddress: '198.51.100.24',
    },
  },
  targetResources: targets.map(({ changed: modifiedProperties = [], ...target }) => ({
    id: '9d8c7b6a-1111-4222-8333-444455556666',
    displayName: null,
    userPrincipalName: null,
    groupType: null,
    ...target,
    modifiedProperties,
  })),
  additionalDetails: [],
  ...over,
});

/** A record of the Management Activity API. */
const activity = (
  RecordType: number,
  Workload: string,
  Operation: string,
  over: Record<string, unknown> = {},
): Record<string, unknown> => ({
  CreationTime: '2026-08-05T09:12:44',
  Id: '3f0a9f7e-8e2f-4d3b-8a86-5d1f3f0c9a01',
  Operation,
  OrganizationId: '4cea1508-b9e8-47cb-aba5-de9dc8d30edd',
  RecordType,
  UserKey: '100320013C1E167C@litware.onmicrosoft.com',
  UserType: 0,
  Version: 1,
  Workload,
  UserId: 'ines.duval@litware.example',
  ...over,
});

/** An alert of the compliance portal. */
const alert = (Name: string): Record<string, unknown> =>
  activity(40, 'SecurityComplianceCenter', 'AlertTriggered', {
    UserId: 'SecurityComplianceAlerts',
    UserType: 4,
    UserKey: 'SecurityComplianceAlerts',
    ResultStatus: '',
    AlertId: '7a1e2c34-5d6f-4a8b-9c0d-1e2f3a4b5c6d',
    AlertType: 'System',
    Name,
    Category: 'ThreatManagement',
    Severity: 'Medium',
    Source: 'Office 365 Security & Compliance',
    Status: 'Active',
    Data: '{"etype":"Other","eid":"ines.duval@litware.example"}',
  });

type Named = { Name: string; Value: string };
const DEVICE: Named[] = [
  { Name: 'Id', Value: '6e1c2b8f-0a4d-4c5e-9f3a-7b8c9d0e1f2a' },
  { Name: 'OS', Value: 'Windows10' },
  { Name: 'BrowserType', Value: 'Edge' },
  { Name: 'IsCompliant', Value: 'True' },
  { Name: 'IsCompliantAndManaged', Value: 'True' },
  { Name: 'TrustType', Value: '0' },
  { Name: 'SessionId', Value: '2b1c0d9e-8f7a-4b6c-9d5e-4f3a2b1c0d9e' },
];

const withDevice = (changes: Record<string, string>): Named[] =>
  DEVICE.map(({ Name, Value }) => ({ Name, Value: changes[Name] ?? Value }));

type SignIn = { agent?: string; requestType?: string; device?: Named[]; over?: Record<string, unknown> };

const signIn = (
  operation: 'UserLoggedIn' | 'UserLoginFailed',
  {
    agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/138.0',
    requestType = 'OAuth2:Authorize',
    device = DEVICE,
    over = {},
  }: SignIn,
): Record<string, unknown> =>
  activity(15, 'AzureActiveDirectory', operation, {
    ResultStatus: 'Success',
    ClientIP: '203.0.113.77',
    ObjectId: '00000003-0000-0000-c000-000000000000',
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [
      { Name: 'ResultStatusDetail', Value: 'Success' },
      { Name: 'UserAgent', Value: agent },
      { Name: 'RequestType', Value: requestType },
    ],
    ModifiedProperties: [],
    Actor: [
      { ID: '1d2c3b4a-9999-4888-8777-666655554444', Type: 0 },
      { ID: 'ines.duval@litware.example', Type: 5 },
    ],
    ActorIpAddress: '203.0.113.77',
    Target: [{ ID: '00000003-0000-0000-c000-000000000000', Type: 0 }],
    TargetContextId: '4cea1508-b9e8-47cb-aba5-de9dc8d30edd',
    ApplicationId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
    InterSystemsId: '8c6f0a4e-2f3b-4f0c-9e7d-1a2b3c4d5e6f',
    IntraSystemId: 'd4c3b2a1-0000-4000-8000-123456789abc',
    DeviceProperties: device,
    ErrorNumber: '0',
    ...over,
  });

const failed = (ErrorNumber: string, LogonError: string): Record<string, unknown> =>
  signIn('UserLoginFailed', { over: { ErrorNumber, LogonError } });

const exchange = (Operation: string, parameters: Record<string, string>): Record<string, unknown> =>
  activity(1, 'Exchange', Operation, {
    ResultStatus: 'True',
    ClientIP: '198.51.100.24:51234',
    ObjectId: 'ines.duval',
    OrganizationName: 'litware.onmicrosoft.com',
    ExternalAccess: false,
    Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
  });

const ROLE = (name: string, template: string): Change[] => [
  changed('Role.DisplayName', JSON.stringify(name)),
  changed('Role.TemplateId', JSON.stringify(template)),
];

export const AUDIT_LOGS: Record<string, Record<string, unknown>> = {
  azure_aad_secops_ca_policy_removedby_bad_actor: graph(
    'Policy',
    'Delete conditional access policy',
    [app('Block legacy', [], 'Policy')],
    { loggedByService: 'Conditional Access' },
  ),
  azure_aad_secops_ca_policy_updatedby_bad_actor: graph(
    'Policy',
    'Update conditional access policy',
    [app('Block legacy', [], 'Policy')],
    { loggedByService: 'Conditional Access' },
  ),
  azure_aad_secops_new_ca_policy_addedby_bad_actor: graph(
    'Policy',
    'Add conditional access policy',
    [app('Let me in', [], 'Policy')],
    { loggedByService: 'Conditional Access' },
  ),
  azure_ad_account_created_deleted: graph('UserManagement', 'Delete user', [
    person('temp01@litware.example'),
  ]),
  azure_ad_bitlocker_key_retrieval: graph(
    'KeyManagement',
    'Read BitLocker key',
    [app('LAPTOP-77', [], 'Device')],
    { loggedByService: 'Device Registration Service' },
  ),
  azure_ad_certificate_based_authencation_enabled: graph(
    'ApplicationManagement',
    'Authentication Methods Policy Update',
    [
      app(
        'Authentication Methods Policy',
        [
          changed(
            'AuthenticationMethodsPolicy',
            '{"state":"enabled","id":"X509Certificate"}',
            '{"state":"disabled"}',
          ),
        ],
        'Other',
      ),
    ],
    { loggedByService: 'Authentication Methods' },
  ),
  azure_ad_device_registration_policy_changes: graph(
    'Policy',
    'Set device registration policies',
    [app('Device registration policy', [], 'Policy')],
    { loggedByService: 'Device Registration Service' },
  ),
  azure_ad_new_root_ca_added: graph('DirectoryManagement', 'Set Company Information', [
    app('Litware', [changed('TrustedCAsForPasswordlessAuth', '[{"Certificate":"MIID"}]', '[]')], 'Directory'),
  ]),
  azure_ad_user_added_to_admin_role: graph('RoleManagement', 'Add member to role', [
    person(
      'pavel.novak@litware.example',
      ROLE('Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de'),
    ),
  ]),
  azure_ad_users_added_to_device_admin_roles: graph('RoleManagement', 'Add member to role', [
    person(
      'pavel.novak@litware.example',
      ROLE('Cloud Device Administrator', '7698a772-787b-4ac8-901f-60d6b08affd2'),
    ),
  ]),
  azure_app_appid_uri_changes: graph('ApplicationManagement', 'Update application', [
    app('Payroll', [changed('AppIdentifierUri', '["api://payroll"]', '[]')]),
  ]),
  azure_app_credential_added: graph(
    'ApplicationManagement',
    'Update application – Certificates and secrets management ',
    [app('Payroll', [changed('KeyDescription', '["[KeyIdentifier=1,KeyType=Password]"]', '[]')])],
  ),
  azure_app_delegated_permissions_all_users: graph(
    'ApplicationManagement',
    'Add delegated permission grant',
    [app('Payroll', [changed('DelegatedPermissionGrant.Scope', '"Mail.Read"')], 'ServicePrincipal')],
  ),
  azure_app_end_user_consent: graph('ApplicationManagement', 'Consent to application', [
    app('Calendar Helper', [changed('ConsentContext.IsAdminConsent', '"False"')], 'ServicePrincipal'),
  ]),
  azure_app_end_user_consent_blocked: graph(
    'ApplicationManagement',
    'Consent to application',
    [app('Calendar Helper', [changed('ConsentContext.IsAdminConsent', '"False"')], 'ServicePrincipal')],
    { result: 'failure', resultReason: 'Microsoft.online.Security.userConsentBlockedForRiskyAppsExceptions' },
  ),
  azure_app_owner_added: graph('ApplicationManagement', 'Add owner to application', [
    person('pavel.novak@litware.example'),
    app('Payroll'),
  ]),
  azure_app_permissions_msft: graph('ApplicationManagement', 'Add app role assignment to service principal', [
    app('Microsoft Graph', [changed('AppRole.Value', '"Mail.Read"')], 'ServicePrincipal'),
  ]),
  azure_app_privileged_permissions: graph(
    'ApplicationManagement',
    'Add app role assignment to service principal',
    [app('Microsoft Graph', [changed('AppRole.Value', '"Directory.ReadWrite.All"')], 'ServicePrincipal')],
  ),
  azure_app_role_added: graph('RoleManagement', 'Add member to role', [
    app('Payroll', ROLE('Directory Writers', '9360feb5-f418-4baa-8175-e2a00bac4301'), 'ServicePrincipal'),
  ]),
  azure_app_uri_modifications: graph('ApplicationManagement', 'Update application', [
    app('Payroll', [changed('AppAddress', '[{"AddressType":0,"Address":"https://payroll.example"}]', '[]')]),
  ]),
  azure_application_deleted: graph('ApplicationManagement', 'Hard Delete application', [app('Payroll')]),
  azure_auditlogs_laps_credential_dumping: graph(
    'Device',
    'Recover device local administrator password',
    [app('LAPTOP-77', [], 'Device')],
    {
      loggedByService: 'Device Registration Service',
      additionalDetails: [
        { key: 'AdditionalInfo', value: 'Successfully recovered local credential by device id' },
      ],
    },
  ),
  azure_change_to_authentication_method: graph(
    'UserManagement',
    'User registered security info',
    [person('ines.duval@litware.example')],
    { loggedByService: 'Authentication Methods', resultReason: 'User registered Authenticator App' },
  ),
  azure_device_no_longer_managed_or_compliant: graph('Device', 'Device no longer compliant', [
    app('LAPTOP-77', [], 'Device'),
  ]),
  azure_federation_modified: graph('DirectoryManagement', 'Set federation settings on domain', [
    app('litware.example', [], 'Other'),
  ]),
  azure_group_user_addition_ca_modification: graph('GroupManagement', 'Add member to group', [
    person('ines.duval@litware.example', [changed('Group.DisplayName', '"Excluded from MFA"')]),
  ]),
  azure_group_user_removal_ca_modification: graph('GroupManagement', 'Remove member from group', [
    person('ines.duval@litware.example', [changed('Group.DisplayName', null, '"Must use MFA"')]),
  ]),
  azure_guest_invite_failure: graph(
    'UserManagement',
    'Invite external user',
    [person('sam@fabrikam.example')],
    { loggedByService: 'Invited Users', result: 'failure', resultReason: 'The domain is not allowed' },
  ),
  azure_guest_to_member: graph('UserManagement', 'Update user', [
    person('sam_fabrikam.example#EXT#@litware.onmicrosoft.com', [
      changed('UserType', '["Member"]', '["Guest"]'),
    ]),
  ]),
  azure_mfa_disabled: graph('UserManagement', 'Disable Strong Authentication', [
    person('ines.duval@litware.example'),
  ]),
  azure_owner_removed_from_application_or_service_principal: graph(
    'ApplicationManagement',
    'Remove owner from service principal',
    [person('pavel.novak@litware.example'), app('Payroll', [], 'ServicePrincipal')],
  ),
  azure_pim_activation_approve_deny: graph(
    'RoleManagement',
    'Add member to role request approved (PIM activation)',
    [app('Global Administrator', [], 'Role')],
    { loggedByService: 'PIM' },
  ),
  azure_pim_alerts_disabled: graph(
    'RoleManagement',
    'Disable PIM alert',
    [app('Roles are assigned outside of PIM', [], 'Other')],
    { loggedByService: 'PIM' },
  ),
  azure_pim_change_settings: graph(
    'RoleManagement',
    'Update role setting in PIM',
    [app('Global Administrator', [], 'Role')],
    { loggedByService: 'PIM' },
  ),
  azure_priviledged_role_assignment_add: graph(
    'RoleManagement',
    'Add eligible member to role in PIM completed (permanent)',
    [app('Global Administrator', [], 'Role'), person('pavel.novak@litware.example')],
    { loggedByService: 'PIM' },
  ),
  azure_priviledged_role_assignment_bulk_change: graph(
    'RoleManagement',
    'Remove eligible member from role in PIM completed (permanent)',
    [app('Global Administrator', [], 'Role'), person('pavel.novak@litware.example')],
    { loggedByService: 'PIM' },
  ),
  azure_privileged_account_creation: graph('RoleManagement', 'Add member to role', [
    person('new-admin@litware.example', ROLE('Global Administrator', '62e90394-69f5-4237-9190-012177145e10')),
  ]),
  azure_service_principal_created: graph('ApplicationManagement', 'Add service principal', [
    app('Payroll', [], 'ServicePrincipal'),
  ]),
  azure_service_principal_removed: graph('ApplicationManagement', 'Remove service principal', [
    app('Payroll', [], 'ServicePrincipal'),
  ]),
  azure_subscription_permissions_elevation_via_auditlogs: graph(
    'AzureRBACRoleManagementElevateAccess',
    'User has elevated their access to User Access Administrator for their Azure Resources',
    [person('adm-greta@litware.example')],
    { loggedByService: 'Azure RBAC (Elevated Access)' },
  ),
  azure_tap_added: graph(
    'UserManagement',
    'Admin registered security info',
    [person('ines.duval@litware.example')],
    {
      loggedByService: 'Authentication Methods',
      resultReason: 'Admin registered temporary access pass method for user',
    },
  ),
  azure_update_risk_and_mfa_registration_policy: graph(
    'Policy',
    'Update User Risk and MFA Registration Policy',
    [app('Identity Protection policy', [], 'Policy')],
    { loggedByService: 'AAD Management UX' },
  ),
  azure_user_account_mfa_disable: graph('UserManagement', 'Update user', [
    person('ines.duval@litware.example', [
      changed(
        'StrongAuthenticationRequirement',
        '[{"RelyingParty":"*","State":0,"RememberDevicesNotIssuedBefore":"2026-08-05T09:12:44Z"}]',
        '[{"RelyingParty":"*","State":1}]',
      ),
    ]),
  ]),
  azure_user_password_change: graph(
    'UserManagement',
    'Reset password (by admin)',
    [person('ines.duval@litware.example')],
    { loggedByService: 'Self-service Password Management' },
  ),
};

export const M365: Record<string, Record<string, unknown>> = {
  microsoft365_susp_email_forwarding_activity: exchange('Set-Mailbox', {
    Identity: 'ines.duval',
    ForwardingSmtpAddress: 'smtp:ines@fabrikam.example',
    DeliverToMailboxAndForward: 'False',
  }),
  microsoft365_susp_inbox_rule_creation_or_update_activity: exchange('New-InboxRule', {
    Name: '..',
    SubjectOrBodyContainsWords: 'invoice',
    DeleteMessage: 'True',
  }),
  microsoft365_bypass_conditional_access: signIn('UserLoggedIn', {
    requestType: 'Cmsi:Cmsi',
    over: { ApplicationId: '9ba1a5c7-f17a-4de9-a1f1-6178c8d51223' },
  }),
  microsoft365_disabling_mfa: activity(8, 'AzureActiveDirectory', 'Disable Strong Authentication.', {
    ResultStatus: 'Success',
    ObjectId: 'ines.duval@litware.example',
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [],
    ModifiedProperties: [],
    Actor: [],
    Target: [],
  }),
  microsoft365_new_federated_domain_added_audit: activity(
    8,
    'AzureActiveDirectory',
    'Add unverified domain.',
    {
      ResultStatus: 'Success',
      ObjectId: 'fabrikam.example',
      AzureActiveDirectoryEventType: 1,
      ExtendedProperties: [],
      ModifiedProperties: [],
      Actor: [],
      Target: [],
    },
  ),
  microsoft365_suspicious_email_delivered: activity(28, 'ThreatIntelligence', 'TIMailData', {
    UserId: 'ThreatIntel',
    UserType: 4,
    Directionality: 'Inbound',
    DeliveryAction: 'Delivered',
    Verdict: 'Phish',
    Recipients: ['ines.duval@litware.example'],
    P1Sender: 'sam@fabrikam.example',
    Subject: 'Your parcel',
  }),
  microsoft365_new_federated_domain_added_exchange: exchange('Add-FederatedDomain', {
    DomainName: 'fabrikam.example',
  }),
  microsoft365_from_susp_ip_addresses: alert('Activity from suspicious IP addresses'),
  microsoft365_activity_by_terminated_user: alert('Activity performed by terminated user'),
  microsoft365_activity_from_anonymous_ip_addresses: alert('Activity from anonymous IP addresses'),
  microsoft365_activity_from_infrequent_country: alert('Activity from infrequent country'),
  microsoft365_data_exfiltration_to_unsanctioned_app: alert('Data exfiltration to unsanctioned apps'),
  microsoft365_impossible_travel_activity: alert('Impossible travel activity'),
  microsoft365_logon_from_risky_ip_address: alert('Log on from a risky IP address'),
  microsoft365_potential_ransomware_activity: alert('Potential ransomware activity'),
  microsoft365_pst_export_alert: alert('eDiscovery search started or exported'),
  microsoft365_pst_export_alert_using_new_compliancesearchaction: activity(
    24,
    'SecurityComplianceCenter',
    'SearchExported',
    {
      ObjectId: 'Case 7',
      ClientApplication: 'EMC',
      Parameters:
        'New-ComplianceSearchAction -SearchName "Case 7" -Export -Format "FxStream" -ExchangeArchiveFormat "PerUserPst"',
      CmdletVersion: '',
      ObjectType: 'Search',
      Case: 'Case 7',
    },
  ),
  microsoft365_susp_inbox_forwarding: alert('Suspicious inbox forwarding'),
  microsoft365_susp_oauth_app_file_download_activities: alert(
    'Suspicious OAuth app file download activities',
  ),
  microsoft365_unusual_volume_of_file_deletion: alert('Unusual volume of file deletion'),
  microsoft365_user_restricted_from_sending_email: alert('User restricted from sending email'),
};

export const SIGN_IN_LOGS: Record<string, Record<string, unknown>> = {
  azure_account_lockout: failed('50053', 'IdsLocked'),
  azure_ad_azurehound_discovery: signIn('UserLoggedIn', { agent: 'azurehound/2.1.8' }),
  azure_ad_sign_ins_from_noncompliant_devices: signIn('UserLoggedIn', {
    device: withDevice({ IsCompliant: 'False', IsCompliantAndManaged: 'False' }),
  }),
  azure_ad_suspicious_signin_bypassing_mfa: signIn('UserLoggedIn', {
    agent: 'BAV2ROPC',
    requestType: 'OAuth2:Token',
  }),
  azure_app_device_code_authentication: signIn('UserLoggedIn', { requestType: 'DeviceCode:Cmsi' }),
  azure_app_ropc_authentication: signIn('UserLoggedIn', { agent: 'BAV2ROPC', requestType: 'OAuth2:Token' }),
  azure_blocked_account_attempt: failed('50057', 'UserDisabled'),
  azure_conditional_access_failure: failed('53003', 'BlockedByConditionalAccess'),
  azure_legacy_authentication_protocols: signIn('UserLoggedIn', { agent: 'CBAInIMAP' }),
  azure_login_to_disabled_account: failed('50057', 'UserDisabled'),
  azure_mfa_interrupted: failed('500121', 'AuthenticationFailedSasError'),
  azure_unusual_authentication_interruption: failed('50155', 'DeviceAuthenticationFailed'),
  azure_user_login_blocked_by_conditional_access: failed('53003', 'BlockedByConditionalAccess'),
};

/** Sign-in rules that ask for what `UserLoggedIn` and `UserLoginFailed` do not carry. */
export const NOT_CARRIED: readonly string[] = [
  'azure_ad_device_registration_or_join_without_mfa',
  'azure_ad_only_single_factor_auth_required',
  'azure_ad_risky_sign_ins_with_singlefactorauth_from_unknown_devices',
  'azure_ad_sign_ins_from_unknown_devices',
  'azure_mfa_denies',
];

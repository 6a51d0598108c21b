import { MINUTE_MS } from '../durations.ts';
import { activityLine, type Cast, type LogLine } from './log-lines.ts';
import { failedSignIn } from './ordinary-day.ts';

/** A real attack's order: from a guessed password to a tenant that no longer writes down what is done in it. */
export const ATTACK_STEPS = ['spray', 'sign-in', 'consent', 'inbox-rule', 'role', 'auditing-off'] as const;
export type AttackStep = (typeof ATTACK_STEPS)[number];

/** Documentation addresses (RFC 5737): a rented server that nobody knows, and one more. */
const FROM = '203.0.113.66';
const DROP = 'collect@mailbox-backup.example';

/** The records that a step of the attack leaves, up to `at`, ms UTC. The victim is the first of the people. */
export function attackStep(cast: Cast, step: AttackStep, at: number): LogLine[] {
  const [victim] = cast.people;
  if (!victim) return [];
  const { upn, id } = victim;
  switch (step) {
    case 'spray':
      return cast.people
        .slice(0, 16)
        .map((person, index) => failedSignIn(cast, at - (16 - index) * MINUTE_MS, person.upn, FROM));
    case 'sign-in':
      return [
        ...Array.from({ length: 15 }, (_, index) =>
          failedSignIn(cast, at - 8 * MINUTE_MS + index * (MINUTE_MS / 2), upn, FROM),
        ),
        activityLine(cast, at, 'AzureActiveDirectory', 'UserLoggedIn', upn, {
          RecordType: 15,
          ClientIP: FROM,
          ActorIpAddress: FROM,
          ErrorNumber: '0',
          ObjectId: '00000002-0000-0ff1-ce00-000000000000',
          Actor: [
            { ID: id, Type: 0 },
            { ID: upn, Type: 5 },
          ],
        }),
      ];
    case 'consent':
      return [
        activityLine(cast, at, 'AzureActiveDirectory', 'Consent to application.', upn, {
          ClientIP: FROM,
          ObjectId: '7357561c-123d-4f0b-a2df-8723992794ab',
          Target: [
            { ID: '7357561c-123d-4f0b-a2df-8723992794ab', Type: 2 },
            { ID: 'Mail Backup Pro', Type: 1 },
          ],
          ModifiedProperties: [
            { Name: 'ConsentContext.IsAdminConsent', NewValue: 'False', OldValue: '' },
            { Name: 'ConsentContext.OnBehalfOfAll', NewValue: 'False', OldValue: '' },
            {
              Name: 'ConsentAction.Permissions',
              NewValue: `[] => [[Id: F167C598, ClientId: 7dfa70a9-09bf-4901-a963-8f3ef69c876f, PrincipalId: ${id}, ResourceId: d50a0cc4-aaec-420b-ad95-9f1530e5bee3, ConsentType: Principal, Scope:  offline_access Mail.ReadWrite Mail.Send]]; `,
              OldValue: '',
            },
            { Name: 'TargetId.ServicePrincipalNames', NewValue: 'Mail Backup Pro', OldValue: '' },
          ],
        }),
      ];
    case 'inbox-rule':
      return [
        activityLine(cast, at, 'Exchange', 'New-InboxRule', upn, {
          ClientIP: `${FROM}:51880`,
          ObjectId: `${upn}\\.`,
          Parameters: [
            { Name: 'Name', Value: '.' },
            { Name: 'ForwardTo', Value: DROP },
            { Name: 'DeleteMessage', Value: 'True' },
            { Name: 'StopProcessingRules', Value: 'True' },
          ],
        }),
      ];
    case 'role':
      return [
        activityLine(cast, at, 'AzureActiveDirectory', 'Add member to role.', cast.admin, {
          ClientIP: FROM,
          ObjectId: upn,
          Actor: [{ ID: cast.admin, Type: 5 }],
          Target: [{ ID: upn, Type: 5 }],
          ModifiedProperties: [
            { Name: 'Role.DisplayName', NewValue: 'Global Administrator', OldValue: '' },
            { Name: 'Role.TemplateId', NewValue: '62e90394-69f5-4237-9190-012177145e10', OldValue: '' },
          ],
        }),
      ];
    case 'auditing-off':
      return [
        activityLine(cast, at, 'Exchange', 'Set-AdminAuditLogConfig', upn, {
          UserType: 2,
          ClientIP: `${FROM}:52114`,
          ObjectId: 'Admin Audit Log Settings',
          Parameters: [{ Name: 'UnifiedAuditLogIngestionEnabled', Value: 'False' }],
        }),
      ];
  }
}

import { certainty } from '../../../src/domain/attribution/certainty.ts';
import type { AffectedUser, IncidentView } from '../../../src/domain/incident-view/view.ts';
import { causeInWords } from '../../../src/domain/incident-view/wording.ts';

/** An affected user as a card shows them. */
function anAffectedUser(fields: Partial<AffectedUser> = {}): AffectedUser {
  return {
    userId: '5f3c0a10-0000-4000-8000-000000000001',
    name: 'Adele Vance',
    userPrincipalName: 'adelev@contoso.com',
    had: [{ product: 'Microsoft 365 Business Standard', path: 'assigned directly', disabledPlans: [] }],
    status: 'lost',
    note: null,
    ...fields,
  };
}

const NAMES = ['Adele Vance', 'Isaiah Langer', 'Lynne Robbins', 'Patti Fernandez', 'Rick Astley'];

/** `count` different users. */
export const affectedUsers = (count: number, fields: (index: number) => Partial<AffectedUser> = () => ({})) =>
  Array.from({ length: count }, (_, index) => {
    const name = NAMES[index] ?? `User ${index + 1}`;
    return anAffectedUser({
      userId: `5f3c0a10-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      name,
      userPrincipalName: `${name.toLowerCase().replace(' ', '.')}@contoso.com`,
      ...fields(index),
    });
  });

/** The forum case: five users lost their license, and no log says why. */
export function anIncidentView(fields: Partial<IncidentView> = {}): IncidentView {
  const users = fields.users ?? affectedUsers(5);
  const { kind = 'lost', cause = 'unknown', level = 'unexplained' } = fields;
  const known = causeInWords({ kind, cause, level, actor: null }, null, null, true);
  const sure = certainty(level, false);
  return {
    incidentId: '7d9a52c0-1111-4222-8333-944455556666',
    revision: 1,
    kind,
    cause,
    level,
    severity: 'high',
    status: 'open',
    mayComeFromGroup: false,
    restoredTitle: `${users.length} users have Microsoft 365 Business Standard again`,
    title: `${users.length} users lost Microsoft 365 Business Standard`,
    observedBefore: Date.UTC(2026, 2, 5, 9, 5),
    observedAfter: Date.UTC(2026, 2, 5, 9, 25),
    causeSentence: known.sentence,
    certainty: sure,
    // What a test writes itself says only itself.
    saysHowSure: !('causeSentence' in fields || 'certainty' in fields) && known.says === sure,
    chain: [],
    checked: {
      sources: [
        { name: 'Entra audit log', completeTo: Date.UTC(2026, 2, 5, 9, 25) },
        { name: 'Unified audit log', completeTo: Date.UTC(2026, 2, 5, 8, 40) },
      ],
      auditingEnabled: true,
      serviceIssues: [],
      cloudUsers: users.length,
      syncedUsers: 0,
    },
    users,
    userCount: users.length,
    others: 0,
    restoringCount: users.filter(({ status }) => status === 'restoring').length,
    plan: null,
    directPlan: null,
    request: null,
    deadlines: [],
    advice: [],
    ruleOffer: null,
    watched: false,
    restoredCount: users.filter(({ status }) => status === 'restored').length,
    failedCount: users.filter(({ status }) => status === 'failed').length,
    log: [],
    posted: { in: 'License alerts', at: Date.UTC(2026, 2, 5, 9, 26) },
    snoozedUntil: null,
    snooze: null,
    ending: null,
    owner: null,
    can: {
      reassign: true,
      approve: true,
      snooze: true,
      reopen: false,
      takeOn: true,
      wake: false,
      undo: null,
    },
    ...fields,
  };
}

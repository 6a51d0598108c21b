/** What happens in the directory, as Entra records it in both logs. */
import { APPS, CAST, OFFICE_ADDRESS, OUTSIDERS, type Person, person, ROLES } from './cast.ts';
import type { Did, Draw, Fact, Made } from './fact.ts';
import {
  activityRecord,
  changed,
  entraActor,
  entraThing,
  entraUser,
  graphActor,
  graphRecord,
  listed,
} from './record-forms.ts';

const GROUPS = ['Sales team', 'Finance readers', 'VPN users'] as const;
const POLICIES = ['Require MFA for admins', 'Block legacy sign-in'] as const;
const TITLES = ['Clerk', 'Manager', 'Analyst', 'Director'] as const;

type Act = {
  operation: string;
  did: Did;
  on: string[];
  fields: Record<string, unknown>;
  app?: string;
  words?: string;
};

const about = (operation: string, did: Did, whom: Person, fields: Record<string, unknown> = {}): Act => ({
  operation,
  did,
  on: [whom.key],
  fields: { ...entraUser(whom), ...fields },
});

function actOf(draw: Draw): Act {
  const whom = draw.one(CAST);
  const app = draw.one(APPS);
  const appFields = entraThing('ServicePrincipal', draw.id(), app);
  const title = draw.one(TITLES);
  const guest = draw.one(OUTSIDERS);
  const group = draw.one(GROUPS);
  const policy = draw.one(POLICIES);
  const acts: readonly (() => Act)[] = [
    () => ({
      ...about('Update user.', 'changed a user', whom, {
        ModifiedProperties: [
          changed('JobTitle', listed('Intern'), listed(title)),
          changed('Included Updated Properties', '', 'JobTitle'),
        ],
      }),
      words: title,
    }),
    () => about('Reset user password.', 'reset a password', whom),
    () => about('User registered security info.', 'changed a second factor', whom),
    () => ({
      operation: 'Consent to application.',
      did: 'consented',
      on: [app],
      app,
      fields: {
        ...appFields,
        ModifiedProperties: [
          changed('ConsentContext.OnBehalfOfAll', '', 'True'),
          changed(
            'ConsentAction.Permissions',
            '',
            '[] => [[ConsentType: AllPrincipals, Scope: Mail.Read offline_access]]; ',
          ),
        ],
      },
    }),
    () => ({
      operation: 'Update application – Certificates and secrets management ',
      did: 'changed an app',
      on: [app],
      app,
      fields: {
        ...entraThing('Application', draw.id(), app),
        ModifiedProperties: [
          changed('KeyDescription', '[]', '["[KeyIdentifier=k1,KeyType=Password,KeyUsage=Verify]"]'),
        ],
      },
    }),
    () => ({
      operation: 'Invite external user.',
      did: 'invited a guest',
      on: [guest],
      fields: {
        ...entraUser({ upn: `${guest.replace('@', '_')}#EXT#@fabrikam.example`, id: draw.id() }),
        ExtendedProperties: [
          { Name: 'additionalDetails', Value: JSON.stringify({ invitedEmailAddress: guest }) },
        ],
      },
    }),
    () => ({
      operation: 'Add member to group.',
      did: 'changed a group',
      on: [whom.key, group],
      fields: {
        ...entraUser(whom),
        ModifiedProperties: [
          changed('Group.ObjectID', '', draw.id()),
          changed('Group.DisplayName', '', group),
        ],
      },
    }),
    () => ({
      operation: 'Update conditional access policy.',
      did: 'changed a policy',
      on: [policy],
      fields: entraThing('Policy', draw.id(), policy),
    }),
  ];
  return draw.one(acts)();
}

/** An act of an administrator, in the unified log. */
export function aDirectoryRecord(draw: Draw, at: number): Made {
  const { fields, words, app, ...act } = actOf(draw);
  const by = person(draw.one(['grady', 'ines', 'pradeep']));
  const id = draw.id();
  return {
    fact: {
      id,
      at,
      ...act,
      workload: 'AzureActiveDirectory',
      by: by.key,
      address: OFFICE_ADDRESS,
      ...(app ? { app } : {}),
      ...(words ? { words } : {}),
    },
    record: activityRecord(
      { id, at, operation: act.operation },
      { ...entraActor(by, OFFICE_ADDRESS), ...fields },
    ),
  };
}

/** Somebody gets or loses a role: one act, which both logs record a few seconds apart. */
export function aRoleAct(draw: Draw, at: number): Made[] {
  const [role, template] = draw.one(ROLES);
  const gives = draw.below(3) > 0;
  const operation = gives ? 'Add member to role' : 'Remove member from role';
  const by = person(draw.one(['grady', 'ines']));
  const whom = draw.one(CAST);
  const together = draw.id();
  const [before, after] = gives ? ['', role] : [role, ''];
  const [beforeId, afterId] = gives ? ['', template] : [template, ''];
  const fact = {
    at,
    did: gives ? 'gave a role' : 'took a role',
    operation,
    by: by.key,
    on: [whom.key, role],
    address: OFFICE_ADDRESS,
  } satisfies Partial<Fact>;
  const unified = draw.id();
  const graph = `Directory_${together}`;
  return [
    {
      fact: { ...fact, id: unified, workload: 'AzureActiveDirectory' },
      record: activityRecord(
        { id: unified, at, operation: `${operation}.` },
        {
          ...entraActor(by, OFFICE_ADDRESS),
          ...entraUser(whom),
          InterSystemsId: together,
          ModifiedProperties: [
            changed('Role.DisplayName', before, after),
            changed('Role.TemplateId', beforeId, afterId),
          ],
        },
      ),
    },
    {
      fact: { ...fact, id: graph, workload: 'Core Directory' },
      record: graphRecord(
        { id: graph, at, operation },
        {
          ...graphActor(by, OFFICE_ADDRESS),
          category: 'RoleManagement',
          correlationId: together,
          targetResources: [
            {
              id: whom.id,
              type: 'User',
              displayName: null,
              userPrincipalName: whom.upn,
              modifiedProperties: [
                {
                  displayName: 'Role.DisplayName',
                  oldValue: before && `"${before}"`,
                  newValue: after && `"${after}"`,
                },
                {
                  displayName: 'Role.TemplateId',
                  oldValue: beforeId && `"${beforeId}"`,
                  newValue: afterId && `"${afterId}"`,
                },
              ],
            },
          ],
        },
      ),
    },
  ];
}

/** An account is made or deleted, as Graph alone tells. */
export function anAccountRecord(draw: Draw, at: number): Made {
  const isNew = draw.below(2) === 0;
  const operation = isNew ? 'Add user' : 'Delete user';
  const by = person(draw.one(['grady', 'ines']));
  const name = `temp${draw.below(90) + 10}@fabrikam.example`;
  const id = `Directory_${draw.id()}`;
  return {
    fact: {
      id,
      at,
      did: isNew ? 'created a user' : 'deleted a user',
      operation,
      workload: 'Core Directory',
      by: by.key,
      on: [name],
      address: OFFICE_ADDRESS,
    },
    record: graphRecord(
      { id, at, operation },
      {
        ...graphActor(by, OFFICE_ADDRESS),
        targetResources: [
          { id: draw.id(), type: 'User', displayName: null, userPrincipalName: name, modifiedProperties: [] },
        ],
      },
    ),
  };
}

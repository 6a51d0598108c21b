import { named, planName, type Saying } from './saying.ts';

/** A sentence about a role; null where the record is about none. */
export function roleWords(said: Saying): string | null {
  const { who, isOwn } = said;
  const target = said.target ?? 'somebody';
  const role = said.label('role') ?? said.text('lw.role.name') ?? 'an admin role';
  switch (said.text('lw.role.act')) {
    case 'given':
      return isOwn ? `${who} took the role ${role}` : `${who} made ${target} ${role}`;
    case 'eligible':
      return isOwn ? `${who} became eligible for ${role}` : `${who} made ${target} eligible for ${role}`;
    case 'activated':
      return `${isOwn || said.target === null ? who : target} activated the role ${role}`;
    case 'removed':
      return `${who} took the role ${role} from ${isOwn ? 'their own account' : target}`;
    case 'elevated':
      return `${who} took access to all Azure subscriptions`;
    default:
      return null;
  }
}

/** A sentence about an app: what it may do, and who can sign in as it. */
export function applicationWords(said: Saying): string | null {
  const { operation, who } = said;
  const app = named('app', said.label('app'));
  const scopes = said.list('lw.scopes');
  if (/^remove (app role|delegated|oauth2)/.test(operation)) {
    return `${who} took ${said.list('AppRole.Value') ?? scopes ?? 'permissions'} from ${app}`;
  }
  if (/^(hard )?(delete|remove) (application|service principal)$/.test(operation))
    return `${who} deleted ${app}`;
  if (scopes !== null) {
    const forWhom = said.flag('lw.scopes.foreverybody');
    if (/app role|application role/.test(operation)) return `${who} gave ${app} the permission ${scopes}`;
    return `${who} let ${app} use ${scopes}${forWhom === true ? ' for everybody' : forWhom === false ? ' on their own behalf' : ''}`;
  }
  if (said.list('lw.added.trusts') !== null || /federated/.test(operation))
    return `${who} lets another service sign in as ${app}`;
  if (said.list('lw.added.keyids') !== null || /credential|certificates? and secrets?/.test(operation)) {
    return `${who} added a secret or certificate to ${app}`;
  }
  if (/owner/.test(operation)) return `${who} made ${said.target ?? 'somebody'} an owner of ${app}`;
  return null;
}

/** A sentence about a group, a team, a site or a mailbox that was made or changed. */
export function groupWords(said: Saying): string | null {
  const { operation, who, target } = said;
  const isTeam = /^team/.test(operation) || said.label('team') !== null;
  const thing = isTeam ? named('team', said.label('team')) : named('group', said.label('group'));
  const visibility = said.text('lw.visibility');
  if (visibility !== null) return `${who} made ${thing} ${visibility}`;
  if (said.flag('lw.group.roleassignable') === true) {
    return `${who} made ${thing}, which can be given admin roles`;
  }
  if (said.flag('lw.group.rulechanged') === true) return `${who} changed the rule that fills ${thing}`;
  if (/^(remove owner|memberremoved|memberrolechanged)/.test(operation)) {
    const last = said.list('lw.owner.members') ?? (said.label('team') === null ? target : null);
    return `${who} took ${last ?? 'an owner'} out as an owner of ${thing}`;
  }
  if (/owner/.test(operation)) return `${who} made ${target ?? 'somebody'} an owner of ${thing}`;
  if (/^add member/.test(operation)) return `${who} put ${target ?? 'somebody'} into ${thing}`;
  if (/^remove member/.test(operation)) return `${who} took ${target ?? 'somebody'} out of ${thing}`;
  if (/delete|removed?$/.test(operation)) return `${who} deleted ${thing}`;
  if (/^(team|group)created|^add group|^new-/.test(operation)) return `${who} made ${thing}`;
  return null;
}

/** A sentence about something that was made. */
export function resourceWords(said: Saying): string | null {
  const { operation, who, target } = said;
  const site = said.label('site');
  if (/sitecollection|^site/.test(operation)) return `${who} made ${named('site', site ?? target)}`;
  if (/mailbox/.test(operation)) return `${who} made ${named('mailbox', target)}`;
  return groupWords(said);
}

/** A sentence about a guest. */
export function guestWords(said: Saying): string | null {
  const { operation, who } = said;
  const guest = said.list('lw.guest.members') ?? said.text('lw.guest') ?? said.target ?? 'somebody';
  const team = said.label('team');
  if (said.text('lw.usertype.change') !== null) return `${who} made the guest ${guest} a member`;
  if (/redeem/.test(operation)) return `${guest} accepted an invitation as a guest`;
  if (team !== null) return `${who} brought the guest ${guest} into the team ${team}`;
  if (said.text('lw.role.act') !== null) return roleWords(said);
  return /invite|add/.test(operation) ? `${who} invited ${guest} as a guest` : null;
}

/** A sentence about how people sign in. */
export function signInWords(said: Saying): string | null {
  const { operation, who, isOwn, target } = said;
  const policy = said.label('policy');
  const act = said.text('lw.policy.act');
  if (act !== null) return `${who} ${pastOf(act)} ${named('conditional access policy', policy ?? target)}`;
  if (said.text('lw.secondfactor') !== null) {
    return `${who} took a second factor from ${isOwn ? 'their own account' : (target ?? 'somebody')}`;
  }
  if (said.flag('lw.domain.federated') === true) {
    return `${who} lets another service sign people in for ${named('domain', said.label('domain'))}`;
  }
  if (isLocked(said)) return `The account of ${who} is locked: too many sign-ins failed`;
  if (/loginfailed/.test(operation)) return `A sign-in of ${who} failed`;
  return /loggedin/.test(operation) ? `${who} signed in` : null;
}

/** 50053 is IdsLocked. Source: Microsoft Entra authentication and authorization error codes. */
const isLocked = (said: Saying): boolean =>
  said.text('ErrorNumber') === '50053' || /locked/i.test(said.text('LogonError') ?? '');

const pastOf = (act: string): string => {
  if (/delet|remov/i.test(act)) return 'deleted';
  if (/switched-on/.test(act)) return 'switched on';
  return /add|creat/i.test(act) ? 'made' : /disabl|off/i.test(act) ? 'switched off' : 'changed';
};

/** A sentence about auditing. */
export function auditingWords(said: Saying): string | null {
  const { operation, who, target } = said;
  if (/adminauditlogconfig/.test(operation)) {
    const on = said.text('lw.switch.UnifiedAuditLogIngestionEnabled') === 'on';
    return `${who} switched auditing ${on ? 'on' : 'off'} for the whole organization`;
  }
  if (/bypass/.test(operation)) return `${who} left ${target ?? 'somebody'} out of mailbox auditing`;
  if (/organizationconfig/.test(operation)) return `${who} switched mailbox auditing off for everybody`;
  if (/^set-mailbox/.test(operation)) {
    const on = said.text('lw.switch.AuditEnabled') === 'on';
    return `${who} switched auditing ${on ? 'on' : 'off'} for ${named('mailbox', target)}`;
  }
  return null;
}

/** A sentence about a license. */
export function licenseWords(said: Saying): string | null {
  const plan = said.label('plan')?.split(', ').map(planName).join(', ') ?? said.list('lw.plans.switchedoff');
  const whom = said.target ?? 'somebody';
  if (plan !== null) return `${said.who} switched off ${plan} for ${whom}`;
  const product = said.label('product') ?? said.list('lw.products.removed');
  return product === null ? null : `${said.who} took ${product} from ${whom}`;
}

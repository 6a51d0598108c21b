import type { Role } from '../../../src/domain/access/access.ts';
import type { ConversationKind } from '../../../src/domain/ports.ts';
import {
  OPERATOR_ID,
  OPERATORS_GROUP,
  OPERATORS_GROUP_ID,
  SECOND_OPERATOR_ID,
  SECOND_OPERATOR_UPN,
  UNIT_OPERATOR_ID,
} from '../../../src/simulator/scenarios/well-known.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import type { BotWithIncident } from '../hostile/bot-with-incident.ts';

/** Roles by every source at once: groups, directory roles, and one of these over an administrative unit. */
export const ROLE_SETTINGS = {
  READER_ROLES: 'Global Reader',
  OPERATOR_GROUP_ID: OPERATORS_GROUP_ID,
  OPERATOR_ROLES: 'License Administrator',
  OWNER_ROLES: 'Global Administrator',
};

export type Actor = { name: string; aadObjectId: string };

const person = (name: string, upn: string): Actor => ({ name, aadObjectId: idOf('user', upn) });

/** One person for each way to have, and not to have, a role. */
export const CAST = {
  nobody: person('Adele Vance', 'adelev@contoso.com'),
  removed: { name: 'Lee Gu', aadObjectId: SECOND_OPERATOR_ID },
  reader: person('Patti Fernandez', 'pattif@contoso.com'),
  scoped: { name: 'Isaiah Langer', aadObjectId: UNIT_OPERATOR_ID },
  operator: { name: 'Megan Bowen', aadObjectId: OPERATOR_ID },
  owner: person('Contoso Admin', 'admin@contoso.com'),
} as const satisfies Record<string, Actor>;
export type Part = keyof typeof CAST;
export const PARTS = Object.keys(CAST) as Part[];

/** The role that each is to have. */
export const ROLE_OF: Record<Part, Role> = {
  nobody: 'none',
  removed: 'none',
  reader: 'reader',
  scoped: 'operator',
  operator: 'operator',
  owner: 'owner',
};

/** Two of the five victims are in the unit of the scoped operator. */
export const IN_THE_UNIT = ['zoe.mueller@contoso.com', 'wei.zhang@contoso.com'].map((upn) =>
  idOf('user', upn),
);

/** Takes Lee out of the group of operators. */
export const removeLee = (bot: BotWithIncident): void =>
  bot.simulator.tenant.act({ kind: 'remove-member', group: OPERATORS_GROUP, users: [SECOND_OPERATOR_UPN] });

export const CONVERSATIONS: readonly ConversationKind[] = ['personal', 'groupChat', 'channel'];

const OTHER_CHANNEL = '19:another-channel@thread.tacv2';

/** The fields of an activity by which Teams says who it is from and where. */
export function from(bot: BotWithIncident, actor: Actor, where: ConversationKind): Record<string, unknown> {
  const { tenantId } = bot.simulator;
  const tenant = { tenant: { id: tenantId } };
  const account = { id: `29:${actor.aadObjectId}`, ...actor };
  switch (where) {
    case 'personal': {
      const id = `a:chat-with-${actor.aadObjectId}`;
      return { from: account, conversation: { id, conversationType: where, tenantId }, channelData: tenant };
    }
    case 'groupChat': {
      const conversation = { id: '19:group@thread.v2', conversationType: where, tenantId, isGroup: true };
      return { from: account, conversation, channelData: tenant };
    }
    case 'channel': {
      const team = { id: '19:it-operations@thread.tacv2' };
      const conversation = { id: OTHER_CHANNEL, conversationType: where, tenantId, isGroup: true };
      return {
        from: account,
        conversation,
        channelData: { ...tenant, team, channel: { id: OTHER_CHANNEL } },
      };
    }
  }
}

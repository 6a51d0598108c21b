import { HOUR_MS } from '../../../src/domain/durations.ts';
import { groupIdOf } from '../../../src/simulator/scenarios/build-people.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aSilence } from '../../builders/incident/suppression.ts';
import { CAST, IN_THE_UNIT } from './cast.ts';
import type { Deed } from './deed.ts';
import {
  asked,
  askingFor,
  digestOf,
  endWaiting,
  opening,
  withAlert,
  withAsked,
  withAssignment,
  withIncident,
  withReassign,
  withRule,
} from './prepare-deed.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const LIC_E3 = groupIdOf('LIC-E3');
/** Are in the unit, and lost nothing. */
const RICARDO = idOf('user', 'ricardo.gomes@contoso.com');
const HENRIETTA = idOf('user', 'henriettam@contoso.com');
/** Is in no unit, as the next one. */
const ALEX = idOf('user', 'alexw@contoso.com');
const IN_LIC_E3 = idOf('user', 'jonis@contoso.com');

/** Every button there is. A new one without a row fails the matrix. */
export const DEEDS: Record<string, Deed> = {
  view: { needs: 'reader', scoped: 'allowed', prepare: withIncident(), leaves: [] },
  ask: { needs: 'reader', scoped: 'allowed', prepare: async () => ({ ask: 'status' }), leaves: [] },
  'read-as': {
    needs: 'reader',
    scoped: 'allowed',
    prepare: async () => ({ ask: 'status', intent: 'status' }),
    leaves: [],
  },
  page: {
    needs: 'reader',
    scoped: 'allowed',
    prepare: async () => ({ ask: 'who has E3', page: 2 }),
    leaves: [],
  },
  export: {
    needs: 'reader',
    scoped: 'allowed',
    prepare: async (stage) => ({
      intent: 'seats',
      people: [],
      skus: [],
      groups: [],
      range: { from: 0, to: stage.now() },
      format: 'csv',
    }),
    leaves: [],
  },
  'set-settings': {
    needs: 'owner',
    scoped: 'refused',
    prepare: async (stage) => {
      const days = String(100 + Number(stage.newId().split('-')[1]));
      const [stored] = (await stage.store.settings.all()).filter(({ key }) => key === 'AUDIT_RETENTION_DAYS');
      const change = { key: 'AUDIT_RETENTION_DAYS', from: stored?.value ?? null, to: days };
      return { deed: 'change', changes: [change] };
    },
    leaves: ['set-setting'],
  },
  'choose-channel': { needs: 'owner', scoped: 'refused', prepare: async () => ({}), leaves: [] },
  'choose-deciders': { needs: 'owner', scoped: 'refused', prepare: async () => ({}), leaves: [] },
  'support-case': { needs: 'reader', scoped: 'allowed', prepare: withIncident(), leaves: [] },
  reassign: {
    needs: 'operator',
    scoped: 'allowed',
    prepare: withIncident({ who: 'all' }),
    leaves: ['reassign'],
  },
  undo: { needs: 'operator', scoped: 'beyond', prepare: withReassign, leaves: ['undo'] },
  confirm: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: async (stage) => {
      const request = asked(stage.now());
      return { incidentId: (await stage.incident({ request })).id, requestId: request.id };
    },
    leaves: ['confirm', 'reassign'],
  },
  decline: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: async (stage) => {
      const request = asked(stage.now());
      return { incidentId: (await stage.incident({ request })).id, requestId: request.id };
    },
    leaves: ['decline'],
  },
  approve: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: withIncident({ approveWhy: 'leaver' }),
    leaves: ['approve'],
  },
  reopen: {
    needs: 'operator',
    scoped: 'beyond',
    async prepare(stage) {
      const { id } = await stage.incident({ status: 'approved' });
      const approval = aDecision({ id: stage.newId(), kind: 'approve', incidentId: id, at: stage.now() });
      await stage.commit({ decisions: [approval] });
      return { incidentId: id, reopenReason: 'No leavers' };
    },
    leaves: ['reopen'],
  },
  snooze: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: withIncident({ length: '1d', snoozeReason: 'Migration' }),
    leaves: ['snooze'],
  },
  'take-on': {
    needs: 'operator',
    scoped: 'beyond',
    prepare: withIncident({ takeOnNote: 'Asking the help desk' }),
    leaves: ['take-on'],
  },
  wake: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: async (stage) => ({
      incidentId: (await stage.incident({ snoozedUntil: stage.now() + HOUR_MS, snoozeReason: 'Later' })).id,
    }),
    leaves: ['wake'],
  },
  'move-alerts': {
    needs: 'owner',
    scoped: 'refused',
    async prepare(stage) {
      await stage.alertsInTheFirstChannel();
      return { move: 'here' };
    },
    leaves: ['set-channel'],
    only: 'channel',
  },
  'end-rule': { needs: 'owner', scoped: 'refused', prepare: withRule, leaves: ['end-rule'] },
  'extend-rule': {
    needs: 'owner',
    scoped: 'refused',
    prepare: async (stage) => ({ ...(await withRule(stage)), until: stage.now() + 48 * HOUR_MS }),
    leaves: ['extend-rule'],
  },
  stand: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: async (stage) => ({
      kind: 'snooze',
      subjectKind: 'sku',
      subjectId: (await stage.incident()).skuIds[0],
      until: stage.now() + HOUR_MS,
      reason: 'Migration',
    }),
    leaves: ['snooze'],
  },
  'change-licenses': {
    needs: 'operator',
    scoped: 'allowed',
    async prepare(stage) {
      const [skuId = ''] = (await stage.incident()).skuIds;
      const [userId = ''] = IN_THE_UNIT;
      const request = { kind: 'assign' as const, userIds: [userId], skuIds: [skuId] };
      const digest = await digestOf(stage, request);
      return { kind: 'assign', users: userId, products: skuId, plan: digest };
    },
    leaves: ['assign'],
  },
  'undo-licenses': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: (stage) => withAssignment(stage, IN_THE_UNIT),
    leaves: ['undo'],
  },
  'confirm-licenses': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: (stage) => withAsked(stage, IN_THE_UNIT),
    leaves: ['confirm', 'assign'],
  },
  'decline-licenses': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: (stage) => withAsked(stage, IN_THE_UNIT),
    leaves: ['decline'],
  },
  'withdraw-licenses': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: (stage, by) => withAsked(stage, IN_THE_UNIT, { tenantId: null, ...by }),
    leaves: ['withdraw'],
  },
  'security-view': { needs: 'reader', scoped: 'allowed', prepare: withAlert(), leaves: [] },
  'security-expected': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: withAlert({ expectReason: 'A ticket says so' }),
    leaves: ['security-expect'],
  },
  'security-snooze': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: withAlert({ length: '1d', snoozeReason: 'Looked into' }),
    leaves: ['security-snooze'],
  },
  'security-take-on': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: withAlert({ takeOnNote: 'Asking them' }),
    leaves: ['take-on'],
  },
  'security-wake': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: async (stage) => ({
      incidentId: (await stage.alert({ snoozedUntil: stage.now() + HOUR_MS, snoozeReason: 'Later' })).id,
    }),
    leaves: ['security-wake'],
  },
  'security-reopen': {
    needs: 'operator',
    scoped: 'allowed',
    prepare: withAlert({ reopenReason: 'It was not them' }, { status: 'approved' }),
    leaves: ['security-reopen'],
  },
};

/** The other things that some buttons do. */
export const MORE: Record<string, Omit<Deed, 'needs'> & { verb: string }> = {
  'opening the form to give back': opening('reassign', 'allowed'),
  'opening the form to approve': opening('approve', 'beyond'),
  'opening the form to snooze': opening('snooze', 'beyond'),
  'opening the form to take it on': opening('takeOn', 'beyond'),
  'opening what waits for a second operator, to confirm': opening('confirm', 'beyond', true),
  'opening what waits for a second operator, to decline': opening('decline', 'beyond', true),

  'opening the form to expect an alert': {
    verb: 'security-view',
    scoped: 'allowed',
    prepare: withAlert({ open: 'expected' }),
    leaves: [],
  },
  'expecting an alert about people of whom some are elsewhere': {
    verb: 'security-expected',
    scoped: 'beyond',
    prepare: async (stage) => ({
      incidentId: (await stage.alert({ userIds: (await stage.incident()).userIds })).id,
      expectReason: 'A ticket says so',
    }),
    leaves: ['security-expect'],
  },
  'expecting an alert about somebody whom the directory does not know': {
    verb: 'security-snooze',
    scoped: 'beyond',
    prepare: async (stage) => ({
      incidentId: (await stage.alert({ strangers: 1 })).id,
      length: '1d',
      snoozeReason: 'Looked into',
    }),
    leaves: ['security-snooze'],
  },

  'swapping a license': askingFor('swap', 'allowed', { userIds: [RICARDO], skuIds: [STANDARD, VISIO] }),
  'swapping a license of somebody elsewhere': askingFor('swap', 'beyond', {
    userIds: [ALEX],
    skuIds: [STANDARD, VISIO],
  }),
  'switching a service off': askingFor('turn-off', 'allowed', {
    userIds: [RICARDO],
    skuIds: [STANDARD],
    planIds: [SWAY],
  }),
  'switching a service off for somebody elsewhere': askingFor('turn-off', 'beyond', {
    userIds: [ALEX],
    skuIds: [STANDARD],
    planIds: [SWAY],
  }),
  'putting somebody into a group': askingFor('add-to-group', 'allowed', {
    userIds: [RICARDO],
    groupId: LIC_E3,
  }),
  'putting somebody elsewhere into a group': askingFor('add-to-group', 'beyond', {
    userIds: [ALEX],
    groupId: LIC_E3,
  }),
  'taking somebody out of a group': askingFor('remove-from-group', 'allowed', {
    userIds: [HENRIETTA],
    groupId: LIC_E3,
  }),
  'taking somebody elsewhere out of a group': askingFor('remove-from-group', 'beyond', {
    userIds: [IN_LIC_E3],
    groupId: LIC_E3,
  }),
  'giving a product to a group': askingFor('license-group', 'beyond', {
    skuIds: [VISIO],
    groupId: groupIdOf('Sales Benelux'),
  }),
  'taking a product from a group': askingFor('unlicense-group', 'beyond', {
    skuIds: [E3],
    groupId: LIC_E3,
  }),
  'undoing licenses of users of whom some are elsewhere': {
    verb: 'undo-licenses',
    scoped: 'beyond',
    prepare: async (stage) => withAssignment(stage, (await stage.incident()).userIds),
    leaves: ['undo'],
  },
  'asking a second operator': {
    verb: 'change-licenses',
    scoped: 'allowed',
    async prepare(stage) {
      await stage.alertsInTheFirstChannel();
      const [skuId = ''] = (await stage.incident()).skuIds;
      const [userId = ''] = IN_THE_UNIT;
      const plan = await digestOf(stage, { kind: 'assign', userIds: [userId], skuIds: [skuId] });
      await endWaiting(stage);
      return { kind: 'assign', users: userId, products: skuId, plan, second: 'yes' };
    },
    leaves: ['request'],
  },
  'confirming licenses of users of whom some are elsewhere': {
    verb: 'confirm-licenses',
    scoped: 'beyond',
    prepare: async (stage) => withAsked(stage, (await stage.incident()).userIds),
    leaves: ['confirm', 'assign'],
  },
  'declining licenses of users of whom some are elsewhere': {
    verb: 'decline-licenses',
    scoped: 'beyond',
    prepare: async (stage) => withAsked(stage, (await stage.incident()).userIds),
    leaves: ['decline'],
  },
  'ending a snooze of a product': {
    verb: 'stand',
    scoped: 'beyond',
    prepare: async (stage) => {
      const silenceId = stage.newId();
      await stage.store.suppression.commit({
        decision: aDecision({ id: stage.newId(), kind: 'snooze', incidentId: null }),
        silence: aSilence({ id: silenceId, until: stage.now() + HOUR_MS }),
      });
      return { kind: 'wake', silenceId };
    },
    leaves: ['wake'],
  },
  'a mark on a user of the unit': {
    verb: 'stand',
    scoped: 'allowed',
    prepare: async (stage) => {
      await stage.forgetMarks();
      return { kind: 'watch', subjectKind: 'user', subjectId: IN_THE_UNIT[0] };
    },
    leaves: ['watch'],
  },
  'a mark on a user elsewhere': {
    verb: 'stand',
    scoped: 'beyond',
    prepare: async (stage) => {
      await stage.forgetMarks();
      return { kind: 'watch', subjectKind: 'user', subjectId: CAST.nobody.aadObjectId };
    },
    leaves: ['watch'],
  },
};

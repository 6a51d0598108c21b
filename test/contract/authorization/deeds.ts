import type { Person } from '../../../src/domain/access/person.ts';
import type { DecisionKind } from '../../../src/domain/incident/decision.ts';
import type { ConversationKind } from '../../../src/domain/ports.ts';
import { ended } from '../../../src/domain/restore/asked-change.ts';
import { type LicenseRequest, planOnRequest } from '../../../src/domain/restore/on-request.ts';
import { requestFacts } from '../../../src/domain/restore/request-facts.ts';
import type { NeededRole } from '../../../src/teams/middleware/authorize.ts';
import { anAskedChange } from '../../builders/asked-change.ts';
import { aDecision, aRestoreStep } from '../../builders/decision.ts';
import { aSilence, aStandingRule } from '../../builders/standing.ts';
import { type Actor, CAST, IN_THE_UNIT } from './cast.ts';
import type { Stage } from './stage.ts';

const HOUR = 3_600_000;

/** A button: who may press it, and what is stored when somebody may. */
export type Deed = {
  needs: NeededRole;
  /** What comes of it for an operator of a unit in which two of the five users are. */
  scoped: 'allowed' | 'beyond' | 'refused';
  /** Makes everything so that the button does something; what the button sends. */
  prepare(stage: Stage, by: Actor): Promise<object>;
  leaves: readonly DecisionKind[];
  /** Where a press of it decides something; everywhere, if not said. */
  only?: ConversationKind;
};

/** What a press there stores, by somebody who may. */
export const leavesIn = (
  { leaves, only }: Omit<Deed, 'needs'>,
  where: ConversationKind,
): readonly DecisionKind[] => (only === undefined || only === where ? leaves : []);

const asked = (now: number) => ({
  id: 'request-of-lee',
  kind: 'reassign' as const,
  by: { aadObjectId: CAST.removed.aadObjectId, tenantId: null, name: CAST.removed.name },
  at: now,
  expiresAt: now + HOUR,
  userIds: null,
  way: 'as-it-was' as const,
  undoes: null,
});

async function withRule(stage: Stage): Promise<{ ruleId: string }> {
  const ruleId = stage.newId();
  await stage.store.standing.commit({
    decision: aDecision({ id: stage.newId(), kind: 'make-rule', incidentId: null }),
    rule: aStandingRule({ id: ruleId, until: stage.now() + HOUR }),
  });
  return { ruleId };
}

async function withReassign(stage: Stage): Promise<object> {
  const incident = await stage.incident();
  const decisionId = stage.newId();
  const decision = aDecision({ id: decisionId, incidentId: incident.id, at: stage.now() });
  const steps = incident.userIds.map((userId, index) =>
    aRestoreStep({
      decisionId,
      stepNo: index + 1,
      userIds: [userId],
      undo: { kind: 'unassign', userId, skuIds: incident.skuIds },
      status: 'done',
    }),
  );
  await stage.commit({ decisions: [decision], steps });
  return { incidentId: incident.id, decisionId };
}

/** Licenses that were given on request, and are there. */
async function withAssignment(stage: Stage, userIds: readonly string[]): Promise<object> {
  const { skuIds } = await stage.incident();
  const decisionId = stage.newId();
  const decision = aDecision({
    id: decisionId,
    kind: 'assign',
    incidentId: null,
    at: stage.now(),
    userIds: [...userIds],
  });
  const steps = userIds.map((userId, index) =>
    aRestoreStep({
      decisionId,
      stepNo: index + 1,
      userIds: [userId],
      action: { kind: 'assign', userId, licenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [] })) },
      undo: { kind: 'unassign', userId, skuIds },
      status: 'done',
    }),
  );
  await stage.commit({ decisions: [decision], steps });
  return { decisionId };
}

const withIncident =
  (data: object = {}, over: Parameters<Stage['incident']>[0] = {}) =>
  async (stage: Stage): Promise<object> => ({ incidentId: (await stage.incident(over)).id, ...data });

/** A button of the card that stands in the channel: it decides nothing, and opens nothing for who may not. */
const opening = (
  open: string,
  scoped: Deed['scoped'],
  waits = false,
): Omit<Deed, 'needs'> & { verb: string } => ({
  verb: 'view',
  scoped,
  prepare: async (stage) => {
    const over = waits ? { request: asked(stage.now()) } : {};
    return { incidentId: (await stage.incident(over)).id, open };
  },
  leaves: [],
});

const LEE = { aadObjectId: CAST.removed.aadObjectId, tenantId: null, name: CAST.removed.name };

/** Licenses that somebody asked a second operator for; as in `change-licenses`, nothing else is under way. */
async function withAsked(
  stage: Stage,
  userIds: readonly string[],
  by: Person = LEE,
): Promise<{ requestId: string; plan: string }> {
  const request = {
    kind: 'assign' as const,
    userIds: [...userIds],
    skuIds: (await stage.incident()).skuIds.slice(0, 1),
  };
  const plan = await digestOf(stage, request);
  const id = stage.newId();
  const at = stage.now();
  const asked = { ...request, undoes: null };
  await stage.commit({ asked: anAskedChange({ id, by, at, expiresAt: at + HOUR, asked, plan }) });
  return { requestId: id, plan };
}

/** The plan as a card shows it. The presses before are still under way, as nothing is carried out here: they end. */
async function digestOf(stage: Stage, request: LicenseRequest): Promise<string> {
  const open = await stage.store.decisions.openSteps();
  const skipped = { status: 'skipped' as const, code: null, message: null };
  await stage.store.decisions.noteSteps(
    open.map(({ decisionId, stepNo }) => ({ decisionId, stepNo, ...skipped })),
    stage.now(),
  );
  const facts = requestFacts({
    users: await stage.store.users.byIds(request.userIds),
    tenant: await stage.store.users.tenant(),
    openSteps: [],
    now: stage.now(),
  });
  return planOnRequest(request, facts).view.digest;
}

/** Whoever has asked before is shown what waits: nothing does. */
async function endWaiting(stage: Stage): Promise<void> {
  for (const asked of await stage.store.askedChanges.waiting()) {
    await stage.commit({ asked: ended(asked, 'withdrawn', asked.by, stage.now()) });
  }
}

/** Every button there is. A new one without a row fails the matrix. */
export const DEEDS: Record<string, Deed> = {
  view: { needs: 'reader', scoped: 'allowed', prepare: withIncident(), leaves: [] },
  ask: { needs: 'reader', scoped: 'allowed', prepare: async () => ({ ask: 'status' }), leaves: [] },
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
  wake: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: async (stage) => ({
      incidentId: (await stage.incident({ snoozedUntil: stage.now() + HOUR, snoozeReason: 'Later' })).id,
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
    prepare: async (stage) => ({ ...(await withRule(stage)), until: stage.now() + 48 * HOUR }),
    leaves: ['extend-rule'],
  },
  stand: {
    needs: 'operator',
    scoped: 'beyond',
    prepare: async (stage) => ({
      kind: 'snooze',
      subjectKind: 'sku',
      subjectId: (await stage.incident()).skuIds[0],
      until: stage.now() + HOUR,
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
};

/** The other things that some buttons do. */
export const MORE: Record<string, Omit<Deed, 'needs'> & { verb: string }> = {
  'opening the form to give back': opening('reassign', 'allowed'),
  'opening the form to approve': opening('approve', 'beyond'),
  'opening the form to snooze': opening('snooze', 'beyond'),
  'opening what waits for a second operator, to confirm': opening('confirm', 'beyond', true),
  'opening what waits for a second operator, to decline': opening('decline', 'beyond', true),

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
      await stage.store.standing.commit({
        decision: aDecision({ id: stage.newId(), kind: 'snooze', incidentId: null }),
        silence: aSilence({ id: silenceId, until: stage.now() + HOUR }),
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

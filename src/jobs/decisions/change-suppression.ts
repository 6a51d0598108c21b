import type { Access } from '../../domain/access/access.ts';
import type { Person, Subject } from '../../domain/access/person.ts';
import type { SuppressionRequest } from '../../domain/incident/decision.ts';
import type { StandingCommit } from '../../domain/ports.ts';
import { isInForce } from '../../domain/suppression/suppression.ts';
import type { JobContext } from '../context.ts';
import { wrongEnd } from './approve.ts';
import { type Decided, type DecisionContext, decisionOf, outsideScope, refuse } from './decided.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';
import { wrongSnooze } from './snooze.ts';
import { nameOf, suppressionChangedText } from './suppression-text.ts';

/** `refused` says in a sentence why nothing changed, `accepted` what did, up to the end that was asked for. */
export type Stood = { kind: 'accepted' | 'refused'; sentence: string };

/**
 * Takes a decision about no single incident: a rule's end, a snooze, a mark. It is written together with its row
 * in the decision log. That the person has the role is checked by the caller; whom it may concern, here.
 */
export async function changeSuppression(
  context: JobContext,
  request: SuppressionRequest,
  by: Person,
  access: Access,
): Promise<Stood> {
  const deciding: DecisionContext = { context, by, access, now: context.clock.now() };
  const stood = await oneAfterAnother(context, (id) => standAs(id, deciding, request));
  return (
    stood ?? {
      kind: 'refused',
      sentence: 'It could not be stored, so nothing has changed. Please try again.',
    }
  );
}

async function standAs(
  id: string,
  deciding: DecisionContext,
  request: SuppressionRequest,
): Promise<Stood | typeof OUTRUN> {
  const { context } = deciding;
  const made = await commitFor(deciding, request);
  if (made.kind === 'refused') return { kind: 'refused', sentence: made.reason };
  const commit = { ...made.commit, decision: { ...made.commit.decision, id } };
  if (!(await context.store.suppression.commit(commit))) return OUTRUN;
  return { kind: 'accepted', sentence: await suppressionChangedText(context, request.kind, commit) };
}

type Made = { kind: 'made'; commit: StandingCommit } | Extract<Decided, { kind: 'refused' }>;

const made = (commit: StandingCommit): Made => ({ kind: 'made', commit });

async function commitFor(deciding: DecisionContext, request: SuppressionRequest): Promise<Made> {
  switch (request.kind) {
    case 'extend-rule':
    case 'end-rule':
      return changeRule(deciding, request);
    case 'snooze':
      return silence(deciding, request);
    case 'wake':
      return endSilence(deciding, request.silenceId);
    case 'watch':
    case 'unwatch':
      return mark(deciding, request);
  }
}

async function changeRule(
  deciding: DecisionContext,
  request: Extract<SuppressionRequest, { kind: 'extend-rule' | 'end-rule' }>,
): Promise<Made> {
  const { context, by, access, now } = deciding;
  if (access.acts !== null)
    return no('A rule concerns all users: only who may act on all of them changes it.');
  const rule = (await context.store.suppression.rules()).find(({ id }) => id === request.ruleId);
  if (!rule) return no('I do not know this rule.');
  if (rule.endedAt !== null) return no('This rule was ended already.');
  if (request.kind === 'end-rule') {
    const decision = decisionOf(deciding, { kind: 'end-rule', incidentId: null, about: rule.id });
    return made({ decision, rule: { ...rule, endedAt: now, endedBy: by } });
  }
  const wrong = wrongEnd(request.until, now);
  if (wrong?.kind === 'refused') return wrong;
  const decision = decisionOf(deciding, {
    kind: 'extend-rule',
    incidentId: null,
    about: rule.id,
    until: request.until,
  });
  return made({ decision, rule: { ...rule, until: request.until } });
}

async function silence(
  deciding: DecisionContext,
  request: Extract<SuppressionRequest, { kind: 'snooze' }>,
): Promise<Made> {
  const { context, by, access, now } = deciding;
  const { subject, until, reason } = request;
  const wrong = wrongSnooze(until, now) ?? tooFar(access, subject);
  if (wrong?.kind === 'refused') return wrong;
  const silences = await context.store.suppression.silences(now);
  if (silences.some((one) => one.until === until && isSameSubject(one.subject, subject))) {
    return no(`${await nameOf(context, subject)} is snoozed until then already.`);
  }
  const id = context.newId();
  const decision = decisionOf(deciding, {
    kind: 'snooze',
    incidentId: null,
    reason,
    until,
    about: id,
    subject,
  });
  return made({ decision, silence: { id, subject, until, reason, by, at: now, endedAt: null } });
}

async function endSilence(deciding: DecisionContext, silenceId: string): Promise<Made> {
  const { context, access, now } = deciding;
  const known = await context.store.suppression.silence(silenceId);
  if (!known || tooFar(access, known.subject)) return no('I do not know this snooze.');
  if (!isInForce(known, now)) return no('This snooze is over already.');
  const { subject } = known;
  const decision = decisionOf(deciding, { kind: 'wake', incidentId: null, about: known.id, subject });
  return made({ decision, silence: { ...known, endedAt: now } });
}

async function mark(
  deciding: DecisionContext,
  { kind, subject }: Extract<SuppressionRequest, { kind: 'watch' | 'unwatch' }>,
): Promise<Made> {
  const { context, by, access, now } = deciding;
  const wrong = tooFar(access, subject);
  if (wrong?.kind === 'refused') return wrong;
  const marks = await context.store.suppression.marks();
  const marked = marks.some((one) => isSameSubject(one.subject, subject));
  if (marked === (kind === 'watch')) {
    const whom = await nameOf(context, subject);
    return no(marked ? `I keep an eye on ${whom} already.` : `I was not keeping an eye on ${whom}.`);
  }
  const decision = decisionOf(deciding, { kind, incidentId: null, subject });
  return made(
    kind === 'watch' ? { decision, mark: { subject, by, at: now } } : { decision, unmark: subject },
  );
}

const isSameSubject = (a: Subject, b: Subject): boolean => a.kind === b.kind && a.id === b.id;

/** Products and groups concern everybody; a user is outside or inside. */
function tooFar({ acts }: Access, subject: { kind: string; id: string }): Decided | null {
  if (acts === null) return null;
  return subject.kind === 'user'
    ? outsideScope(acts, [subject.id])
    : refuse('This would concern users outside your administrative units.');
}

const no = (reason: string): Made => ({ kind: 'refused', reason });

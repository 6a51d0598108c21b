import type { Person } from '../../domain/access/person.ts';
import type { SettingsCommit } from '../../domain/ports.ts';
import { isAboutRoles, settingTitle } from '../../domain/settings/chat-settings.ts';
import {
  reversed,
  type SettingChange,
  type SettingRequest,
  type SettingsAsked,
} from '../../domain/settings/setting-change.ts';
import type { JobContext } from '../context.ts';
import { noticeAbout } from '../outgoing/outgoing.ts';
import { decisionOf } from './decided.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';
import { EXPIRES_AFTER_MS } from './second-approval.ts';

/** What is known of settings outside the jobs. */
export type SettingsJudge = {
  /** Why these changes cannot be, a sentence: the environment sets it, or it does not fit. Null when they can. */
  refusal(changes: readonly SettingChange[]): string | null;
  /** Whether somebody else is an owner, too; true where nobody can say. */
  hasOtherOwner(by: Person): Promise<boolean>;
  /** The changes in a line, with the names of groups. */
  inWords(changes: readonly SettingChange[]): Promise<string>;
};

/**
 * `refused` says in a sentence why nothing changed, `accepted` what did and what takes it back; `waiting`: a second owner
 * has to confirm it.
 */
export type SettingsChanged =
  | { kind: 'refused' | 'waiting'; sentence: string }
  | { kind: 'accepted'; sentence: string; wayBack: SettingChange[] | null };

type Deciding = { context: JobContext; by: Person; judge: SettingsJudge; now: number };

const refused = (sentence: string): SettingsChanged => ({ kind: 'refused', sentence });

/**
 * Changes settings, or asks a second owner where the change is about roles and there is one. That the person is an owner
 * is checked by the caller. The decision, the settings and the notice are stored in one transaction.
 */
export async function changeSettings(
  context: JobContext,
  asked: SettingsAsked,
  by: Person,
  judge: SettingsJudge,
): Promise<SettingsChanged> {
  const deciding: Deciding = { context, by, judge, now: context.clock.now() };
  const changed = await oneAfterAnother(context, (id) =>
    asked.kind === 'change' ? change(id, asked.changes, deciding) : answer(id, asked, deciding),
  );
  return changed ?? refused('It could not be stored, so nothing has changed. Please try again.');
}

type Taken = Promise<SettingsChanged | typeof OUTRUN>;

async function change(id: string, changes: readonly SettingChange[], deciding: Deciding): Taken {
  const { by, judge } = deciding;
  const wrong = await whyNot(changes, deciding);
  if (wrong !== null) return refused(wrong);
  if (changes.some(({ key }) => isAboutRoles(key)) && (await judge.hasOtherOwner(by))) {
    return askSecond(id, changes, deciding);
  }
  const said = await judge.inWords(changes);
  return write({ id, changes, reason: said }, deciding, said);
}

/** Why the changes cannot be made now; null when they can. */
async function whyNot(
  changes: readonly SettingChange[],
  { context, judge }: Deciding,
): Promise<string | null> {
  const stored = new Map((await context.store.settings.all()).map(({ key, value }) => [key, value]));
  const outrun = changes.find(({ key, from }) => (stored.get(key) ?? null) !== from);
  if (outrun) {
    return `${settingTitle(outrun.key)} was changed by somebody else meanwhile. Nothing was changed; please look again.`;
  }
  if (changes.every(({ from, to }) => from === to))
    return 'It is set like that already. Nothing was changed.';
  return judge.refusal(changes);
}

async function write(
  { id, changes, reason }: { id: string; changes: readonly SettingChange[]; reason: string },
  deciding: Deciding,
  sentence: string,
  more: Partial<SettingsCommit> = {},
): Taken {
  const about = changes.map(({ key }) => key).join(' ');
  const decision = decisionOf(deciding, { id, kind: 'set-setting', incidentId: null, about, reason });
  if (!(await commit(deciding, { decision, changes, ...more }))) return OUTRUN;
  return { kind: 'accepted', sentence: `Changed. ${sentence}.`, wayBack: reversed(changes) };
}

async function askSecond(id: string, changes: readonly SettingChange[], deciding: Deciding): Taken {
  const { context, by, now, judge } = deciding;
  const said = await judge.inWords(changes);
  const waiting = await context.store.settings.requests(now);
  const same = JSON.stringify(changes);
  if (waiting.some((one) => one.by.aadObjectId === by.aadObjectId && JSON.stringify(one.changes) === same)) {
    return { kind: 'waiting', sentence: `This waits for another owner already: ${said}.` };
  }
  const request: SettingRequest = {
    id,
    at: now,
    expiresAt: now + EXPIRES_AFTER_MS,
    by,
    changes: [...changes],
  };
  const decision = decisionOf(deciding, {
    id,
    kind: 'ask-setting',
    incidentId: null,
    about: changes.map(({ key }) => key).join(' '),
    reason: said,
    until: request.expiresAt,
  });
  const notice = noticeAbout(
    'settings-asked',
    id,
    `${by.name} wants to change who may do what`,
    `${said}. Another owner can confirm it within a day: ask me for “settings”.`,
    now,
  );
  if (!(await commit(deciding, { decision, request, outbox: [notice] }))) return OUTRUN;
  return {
    kind: 'waiting',
    sentence: `Another owner has to confirm this within a day, by asking me for “settings”. Nothing has changed yet: ${said}.`,
  };
}

async function answer(
  id: string,
  { kind, requestId }: Exclude<SettingsAsked, { kind: 'change' }>,
  deciding: Deciding,
): Taken {
  const { context, by, now, judge } = deciding;
  const request = (await context.store.settings.requests(now)).find((one) => one.id === requestId);
  if (!request) return refused('This change waits no more. Nothing was changed.');
  const said = await judge.inWords(request.changes);
  if (kind === 'decline') {
    const decision = decisionOf(deciding, {
      id,
      kind: 'decline-setting',
      incidentId: null,
      about: request.id,
      reason: said,
    });
    if (!(await commit(deciding, { decision, answered: request.id }))) return OUTRUN;
    return { kind: 'accepted', sentence: `Declined. Nothing has changed: ${said}.`, wayBack: null };
  }
  if (by.aadObjectId === request.by.aadObjectId) {
    return refused('You asked for this yourself, so another owner has to confirm it. Nothing was changed.');
  }
  const wrong = await whyNot(request.changes, deciding);
  if (wrong !== null) return refused(wrong);
  const reason = `${said}; asked for by ${request.by.name}`;
  return write({ id, changes: request.changes, reason }, deciding, said, { answered: request.id });
}

async function commit({ context }: Deciding, commit: SettingsCommit): Promise<boolean> {
  context.onStep('decide:before-commit');
  const committed = await context.store.settings.commit(commit);
  context.onStep('decide:after-commit');
  return committed;
}

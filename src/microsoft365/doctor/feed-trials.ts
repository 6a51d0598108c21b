import { z } from 'zod';
import type { CallFact, FeedFact } from '../../domain/doctor/facts.ts';
import { CONTENT_TYPES } from '../audit/activity-reader.ts';
import { ALREADY_STARTED, explainActivityRefusal, NOT_STARTED } from '../audit/activity-refusals.ts';
import { serviceError } from '../http/service-error.ts';
import { type Ask, type Asked, bodyOf, isFine } from './ask.ts';

const Subscriptions = z.array(z.object({ contentType: z.string(), status: z.string().catch('enabled') }));

export type FeedTrials = {
  permission: CallFact;
  /** Null where nothing tells. */
  auditing: { state: 'on' | 'off' | null; detail: string };
  /** Null where the list cannot be read. */
  feeds: FeedFact[] | null;
};

/** How far back a content listing looks, ms: the smallest that tells. */
const WINDOW_MS = 5 * 60_000;

/**
 * Asks the Management Activity API which content types are open, and whether the tenant audits. Nothing is opened:
 * only what is open already is opened once more, which Microsoft answers with AF20024 where the tenant audits, and as
 * if there were no tenant where it does not.
 * @param now ms UTC
 */
export async function tryFeeds(
  ask: Ask,
  origin: string,
  tenantId: string,
  token: string,
  now: number,
): Promise<FeedTrials> {
  const base = `${origin}/api/v1.0/${tenantId}/activity/feed/subscriptions`;
  const send = (method: 'GET' | 'POST', path: string): Promise<Asked> =>
    ask({
      method,
      url: `${base}/${path}${path.includes('?') ? '&' : '?'}PublisherIdentifier=${tenantId}`,
      token,
    });

  const list = await send('GET', 'list');
  const off = auditingOff(list);
  if (off !== null) return { permission: { kind: 'works' }, auditing: off, feeds: null };
  const rows = Subscriptions.safeParse(bodyOf(list));
  if (!rows.success) {
    return { permission: permissionOf(list), auditing: { state: null, detail: wordsOf(list) }, feeds: null };
  }
  const open = new Map(rows.data.map(({ contentType, status }) => [contentType.toLowerCase(), status]));
  const feeds: FeedFact[] = CONTENT_TYPES.map(({ contentType, optional }) => ({
    contentType,
    optional,
    state: open.get(contentType.toLowerCase())?.toLowerCase() === 'enabled' ? 'started' : 'closed',
  }));
  const started = feeds.filter(({ state }) => state === 'started').map(({ contentType }) => contentType);
  const times = `startTime=${instant(now - WINDOW_MS)}&endTime=${instant(now)}`;
  const contents = await Promise.all(
    (started.length > 0 ? started : ['Audit.AzureActiveDirectory']).map(
      async (contentType) =>
        [contentType, await send('GET', `content?contentType=${contentType}&${times}`)] as const,
    ),
  );
  const unaudited = contents.map(([, answer]) => auditingOff(answer)).find((one) => one !== null);
  if (unaudited) return { permission: { kind: 'works' }, auditing: unaudited, feeds };
  const closed = new Set(
    contents.filter(([, answer]) => codeOf(answer) === NOT_STARTED).map(([type]) => type),
  );
  const seen = feeds.map((feed) =>
    closed.has(feed.contentType) ? { ...feed, state: 'closed' as const } : feed,
  );
  return { permission: { kind: 'works' }, auditing: await askAuditing(send, seen), feeds: seen };
}

async function askAuditing(
  send: (method: 'GET' | 'POST', path: string) => Promise<Asked>,
  feeds: readonly FeedFact[],
): Promise<FeedTrials['auditing']> {
  const [first] = feeds.filter(({ state }) => state === 'started');
  if (!first) {
    return {
      state: null,
      detail: 'No content type is open, and the doctor opens none: only an open one tells.',
    };
  }
  const answer = await send('POST', `start?contentType=${first.contentType}`);
  if (isFine(answer) || codeOf(answer) === ALREADY_STARTED) return { state: 'on', detail: '' };
  return auditingOff(answer) ?? { state: null, detail: wordsOf(answer) };
}

function auditingOff(answer: Asked): { state: 'off'; detail: string } | null {
  const failure = failureOf(answer);
  return failure?.code === 'auditing-off'
    ? { state: 'off', detail: 'Auditing is off in this tenant.' }
    : null;
}

function permissionOf(answer: Asked): CallFact {
  if (answer.kind === 'no-answer') return { kind: 'unknown', why: answer.why };
  if (failureOf(answer)?.code === 'forbidden' || (answer.status === 403 && answer.code !== 'AF429')) {
    return { kind: 'forbidden', says: `The API refused it (${saidBy(answer)}).` };
  }
  if (answer.status === 401) {
    return { kind: 'not-accepted', says: `The API does not take the token (${saidBy(answer)}).` };
  }
  return { kind: 'unknown', why: wordsOf(answer) };
}

const failureOf = (answer: Asked) =>
  answer.kind === 'no-answer' || isFine(answer)
    ? null
    : explainActivityRefusal({ status: answer.status, headers: {}, text: JSON.stringify(answer.body) });

const codeOf = (answer: Asked): string =>
  answer.kind === 'answer' ? serviceError(JSON.stringify(answer.body)).code : '';

const saidBy = ({ status, code }: { status: number; code: string }): string =>
  `${status}${code ? ` ${code}` : ''}`;

const wordsOf = (answer: Asked): string =>
  answer.kind === 'no-answer' ? answer.why : `The Management Activity API answered with ${saidBy(answer)}.`;

/** As the reference wants times: UTC, without a zone. */
const instant = (at: number): string => new Date(at).toISOString().slice(0, 19);

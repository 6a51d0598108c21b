import { z } from 'zod';
import { type Ask, type Asked, bodyOf, isFine } from './ask.ts';

/** What Teams says of the place where alerts go, and of the teams that we know. */
export type ConnectorTrials = {
  serviceUrl: { state: 'answers' | 'refused' | 'silent'; detail: string };
  /** `gone`: deleted. `not-in-team`: the app was taken out of its team. Null: no alerts go anywhere. */
  channel: 'reachable' | 'gone' | 'not-in-team' | 'unknown' | null;
  /** Whether any of the teams still has the app; null where nothing tells. */
  installed: boolean | null;
};

/** A conversation that the bot knows, as far as it takes to ask about it. */
export type KnownPlace = { conversationId: string; teamId: string | null; serviceUrl: string };

const Channels = z.object({ conversations: z.array(z.object({ id: z.string() })) });
/** Codes of Teams (Microsoft, "Status codes from bot conversational APIs"). */
const NOT_IN_ROSTER = /BotNotInConversationRoster|not part of the conversation roster/i;
const GONE = /ConversationNotFound|ChannelNotFound|ConversationBlocked|NotFound|not found/i;

/**
 * Asks Teams about the channel for alerts and about the teams that the bot knows, without saying anything in them.
 * @param token null where the bot signs in to nobody
 */
export async function tryConnector(
  ask: Ask,
  token: string | null,
  target: KnownPlace | null,
  places: readonly KnownPlace[],
): Promise<ConnectorTrials> {
  const first = target ?? places[0];
  if (!first) {
    return { serviceUrl: { state: 'answers', detail: '' }, channel: null, installed: false };
  }
  const roster = await ask({ url: rosterOf(first), token });
  const serviceUrl = serviceState(roster, first.serviceUrl);
  if (serviceUrl.state !== 'answers')
    return { serviceUrl, channel: target ? 'unknown' : null, installed: null };
  const teams = [...new Map(places.map((place) => [place.teamId ?? place.conversationId, place])).values()];
  const standings = await Promise.all(
    teams.slice(0, MOST_TEAMS).map((place) => standingOf(ask, token, place)),
  );
  const channel = target ? await channelState(ask, token, target, roster) : null;
  if (channel === 'reachable') standings.push('in');
  if (channel === 'not-in-team' && places.length <= 1) standings.push('out');
  const known = standings.filter((one) => one !== 'unknown');
  return {
    serviceUrl,
    channel,
    installed: known.length === 0 ? null : known.includes('in'),
  };
}

const MOST_TEAMS = 5;

const rosterOf = ({ serviceUrl, conversationId }: KnownPlace): string =>
  `${base(serviceUrl)}/v3/conversations/${encodeURIComponent(conversationId)}/pagedmembers?pageSize=50`;

const base = (serviceUrl: string): string => serviceUrl.replace(/\/+$/, '');

function serviceState(answer: Asked, serviceUrl: string): ConnectorTrials['serviceUrl'] {
  const host = URL.parse(serviceUrl)?.host ?? serviceUrl;
  if (answer.kind === 'no-answer') return { state: 'silent', detail: answer.why };
  if (answer.status === 401) {
    return { state: 'refused', detail: `${host} does not take the bot’s token (${said(answer)}).` };
  }
  if (answer.status >= 500) return { state: 'silent', detail: `${host} is out of order (${said(answer)}).` };
  return { state: 'answers', detail: `${host} answers.` };
}

async function standingOf(
  ask: Ask,
  token: string | null,
  place: KnownPlace,
): Promise<'in' | 'out' | 'unknown'> {
  if (place.teamId === null) return 'unknown';
  const answer = await ask({
    url: `${base(place.serviceUrl)}/v3/teams/${encodeURIComponent(place.teamId)}`,
    token,
  });
  if (isFine(answer)) return 'in';
  return isOutOfRoster(answer) ? 'out' : 'unknown';
}

async function channelState(
  ask: Ask,
  token: string | null,
  target: KnownPlace,
  roster: Asked,
): Promise<NonNullable<ConnectorTrials['channel']>> {
  if (isOutOfRoster(roster)) return 'not-in-team';
  const listed = target.teamId === null ? null : await channelsOf(ask, token, target);
  const isListed = listed?.includes(target.conversationId) ?? null;
  if (isListed || (isListed === null && isFine(roster))) return 'reachable';
  if (roster.kind === 'answer' && roster.status === 403) return 'not-in-team';
  const isUnknown =
    roster.kind === 'answer' && roster.status === 404 && GONE.test(`${roster.code} ${roster.message}`);
  if (isUnknown) return 'gone';
  // Private channels are not in the list, and not every service has the rest: that somebody types is the least that a
  // bot can say.
  const typing = await ask({
    method: 'POST',
    url: `${base(target.serviceUrl)}/v3/conversations/${encodeURIComponent(target.conversationId)}/activities`,
    token,
    body: JSON.stringify({ type: 'typing', conversation: { id: target.conversationId } }),
  });
  if (isFine(typing)) return 'reachable';
  if (isOutOfRoster(typing)) return 'not-in-team';
  return typing.kind === 'answer' && typing.status === 404 ? 'gone' : 'unknown';
}

async function channelsOf(ask: Ask, token: string | null, target: KnownPlace): Promise<string[] | null> {
  const answer = await ask({
    url: `${base(target.serviceUrl)}/v3/teams/${encodeURIComponent(target.teamId ?? '')}/conversations`,
    token,
  });
  const list = Channels.safeParse(bodyOf(answer));
  return list?.success ? list.data.conversations.map(({ id }) => id) : null;
}

const isOutOfRoster = (answer: Asked): boolean =>
  answer.kind === 'answer' && answer.status === 403 && NOT_IN_ROSTER.test(`${answer.code} ${answer.message}`);

const said = ({ status, code }: { status: number; code: string }): string =>
  `${status}${code ? ` ${code}` : ''}`;

import type { CallLog } from '../http/call-log.ts';
import { type ApiCall, type ApiReply, json } from '../http/message.ts';
import { type Params, param, type Routed, RouteTable } from '../http/routes.ts';
import { bearerOf, type TokenIssuer } from '../sign-in/tokens.ts';
import type { Teams } from '../tenant/teams.ts';

type ConnectorParts = { readonly teams: Teams; readonly tokens: TokenIssuer; readonly requests: CallLog };
type ConnectorRoute = Routed & { handle(teams: Teams, params: Params): ApiReply };

const refusal = (status: number, code: string, message: string): ApiReply =>
  json({ error: { code, message } }, status);

/** What Teams answers about a team that the bot is not in, and about a channel that is gone. */
const NOT_IN_ROSTER = refusal(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);
const NOT_FOUND = refusal(404, 'ConversationNotFound', 'Conversation not found.');

const inTeam = (
  teams: Teams,
  params: Params,
  answer: (team: NonNullable<ReturnType<Teams['team']>>) => object,
): ApiReply => {
  const team = teams.team(param(params, 'id'));
  return team ? json(answer(team)) : NOT_IN_ROSTER;
};

const ROUTES: readonly ConnectorRoute[] = [
  {
    method: 'GET',
    path: '/v3/teams/:id',
    handle: (teams, params) =>
      inTeam(teams, params, ({ id, groupId, channels }) => ({
        id,
        name: 'License Operations',
        aadGroupId: groupId,
        channelCount: channels.size,
      })),
  },
  {
    method: 'GET',
    path: '/v3/teams/:id/conversations',
    handle: (teams, params) =>
      inTeam(teams, params, ({ channels }) => ({ conversations: [...channels].map((id) => ({ id })) })),
  },
  {
    method: 'GET',
    path: '/v3/conversations/:id/pagedmembers',
    handle: (teams, params) => {
      if (teams.teamOf(param(params, 'id'))) return json({ members: [] });
      return teams.any ? NOT_FOUND : NOT_IN_ROSTER;
    },
  },
];

/**
 * The Bot Framework's connector, as far as a bot asks it without saying anything. Codes and statuses from "Status
 * codes from bot conversational APIs" of the Teams documentation.
 */
export class ConnectorService {
  readonly #parts: ConnectorParts;
  readonly #routes = new RouteTable(ROUTES);

  constructor(parts: ConnectorParts) {
    this.#parts = parts;
  }

  /** Answers a request whose path begins with `/v3/`. */
  handle(request: ApiCall, now: number): ApiReply {
    const { teams, tokens, requests } = this.#parts;
    const token = tokens.check(bearerOf(request.headers.authorization), 'bot', now);
    if (typeof token === 'string') {
      return refusal(401, 'Unauthorized', 'Authorization has been denied for this request.');
    }
    const found = this.#routes.find(request.method, request.path);
    if (!found || found === 'other-method') return json({}, found ? 405 : 404);
    requests.count(`${found.route.method} ${found.route.path}`);
    return found.route.handle(teams, found.params);
  }
}

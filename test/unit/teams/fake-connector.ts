import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readJson } from '../../../src/teams/read-json.ts';

export type Delivered = { method: string; conversationId: string; activityId: string | null; activity: Sent };
export type Sent = {
  type: string;
  text?: string;
  summary?: string;
  attachments?: {
    contentType: string;
    content: Record<string, unknown>;
    name?: string;
    contentUrl?: string;
  }[];
};

/**
 * How the next request is answered: a status, a connection that is cut, or a text that is no JSON. What is `taken`
 * stands in the conversation all the same, as when a gateway loses the answer.
 */
export type Failure =
  | 'cut'
  | { status: number; code?: string; headers?: Record<string, string>; taken?: boolean }
  | { answer: 'cut' | 'no-json' | 'half'; taken: true };

/** A member of a conversation as Teams names them in its roster. */
export type RosterMember = { id: string; name: string; objectId?: string; aadObjectId?: string };

/** The Bot Framework's connector as far as a bot calls it: it takes activities, remembers them, and fails on demand. */
export class FakeConnector {
  readonly delivered: Delivered[] = [];
  /** The pages of every conversation's roster; null answers as Teams does for one that the bot has left. */
  roster: RosterMember[][] | null = [[]];
  /** Paths of the rosters that were read, a line a page. */
  readonly rosterReads: string[] = [];
  /** The GUID of every team's group; null where Teams tells none. */
  group: string | null = null;
  /** Teams whose details were read. */
  readonly teamReads: string[] = [];
  failures: Failure[] = [];
  /** Messages that somebody deleted: nothing can be done to them. */
  readonly gone = new Set<string>();
  requests = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const roster = /^\/v3\/conversations\/([^/]+)\/pagedmembers\?(.*)$/.exec(request.url ?? '');
      const team = /^\/v3\/teams\/([^/?]+)$/.exec(request.url ?? '');
      if (team) return this.#answerTeam(response, decodeURIComponent(team[1] ?? ''));
      if (roster) return this.#answerRoster(response, roster[1] ?? '', new URLSearchParams(roster[2]));
      this.requests++;
      const body = await readJson(request, 1_000_000);
      const failure = this.failures.shift();
      if (failure === 'cut') return void request.socket.destroy();
      response.setHeader('content-type', 'application/json');
      if (failure && !failure.taken) return answerFailure(response, failure);
      const match = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(request.url ?? '');
      if (!match || !(body.ok || request.method === 'DELETE')) {
        response.statusCode = 404;
        return void response.end('{}');
      }
      const activity = body.ok ? (body.value as Sent) : { type: 'nothing' };
      const [, conversationId = '', activityId = null] = match.map(
        (part) => part && decodeURIComponent(part),
      );
      if (activityId !== null && request.method !== 'POST' && this.gone.has(activityId)) {
        return answerFailure(response, { status: 404, code: 'ActivityNotFoundInConversation' });
      }
      this.delivered.push({ method: request.method ?? '', conversationId, activityId, activity });
      if (failure && 'answer' in failure) return spoilAnswer(response, failure.answer);
      if (failure) return answerFailure(response, failure);
      response.end(JSON.stringify({ id: `message-${this.delivered.length}` }));
    });
  }

  #answerRoster(response: ServerResponse, conversationId: string, query: URLSearchParams): void {
    const page = Number(query.get('continuationToken') ?? 0);
    this.rosterReads.push(`${decodeURIComponent(conversationId)} page ${page}`);
    response.setHeader('content-type', 'application/json');
    response.statusCode = this.roster === null ? 403 : 200;
    const next = this.roster?.[page + 1] ? { continuationToken: String(page + 1) } : {};
    response.end(JSON.stringify(this.roster === null ? {} : { members: this.roster[page] ?? [], ...next }));
  }

  #answerTeam(response: ServerResponse, teamId: string): void {
    this.teamReads.push(teamId);
    response.setHeader('content-type', 'application/json');
    response.statusCode = this.group === null ? 403 : 200;
    response.end(JSON.stringify(this.group === null ? {} : { id: teamId, name: '', aadGroupId: this.group }));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Everything said that is not a typing indicator. */
  get said(): Delivered[] {
    return this.delivered.filter(({ activity }) => activity.type === 'message');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function answerFailure(
  response: ServerResponse,
  failure: { status: number; code?: string; headers?: Record<string, string> },
): void {
  response.writeHead(failure.status, failure.headers);
  response.end(JSON.stringify({ error: { code: failure.code ?? 'Refused', message: 'as the test wants' } }));
}

function spoilAnswer(response: ServerResponse, how: 'cut' | 'no-json' | 'half'): void {
  if (how === 'cut') return void response.socket?.destroy();
  if (how === 'no-json') return void response.end('<html>');
  response.setHeader('content-length', 100);
  response.write('{"id":', () => response.socket?.destroy());
}

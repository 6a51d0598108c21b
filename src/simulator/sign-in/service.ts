import type { CallLog } from '../http/call-log.ts';
import type { ApiCall, ApiReply } from '../http/message.ts';
import { RouteTable } from '../http/routes.ts';
import type { AppRegistration } from './registration.ts';
import { SIGN_IN_ROUTES } from './routes.ts';
import type { TokenIssuer } from './tokens.ts';

type SignInParts = {
  app: AppRegistration;
  apps: readonly AppRegistration[];
  tokens: TokenIssuer;
  requests: CallLog;
};

/** The authority: OpenID metadata and tokens. */
export class SignInService {
  readonly #parts: SignInParts;
  readonly #heldTokens = new Map<string, { token: string; endsAt: number }>();
  readonly #routes = new RouteTable(SIGN_IN_ROUTES);

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Answers what an authority answers; null for any other path. */
  handle(request: ApiCall, now: number): ApiReply | null {
    const found = this.#routes.find(request.method, request.path);
    if (!found || found === 'other-method') return null;
    const { requests, ...parts } = this.#parts;
    requests.count(`${found.route.method} ${found.route.path}`);
    return found.route.handle({ request, params: found.params, ...parts, heldTokens: this.#heldTokens, now });
  }
}

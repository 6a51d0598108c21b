import type { CallLog } from '../http/call-log.ts';
import type { ApiCall, ApiReply } from '../http/message.ts';
import { RouteTable } from '../http/routes.ts';
import type { AppRegistration } from './registration.ts';
import { SIGN_IN_ROUTES } from './routes.ts';
import type { TokenIssuer } from './tokens.ts';

/** The authority: OpenID metadata and tokens. */
export class SignInService {
  readonly #parts: { app: AppRegistration; tokens: TokenIssuer; requests: CallLog };
  readonly #routes = new RouteTable(SIGN_IN_ROUTES);

  constructor(parts: { app: AppRegistration; tokens: TokenIssuer; requests: CallLog }) {
    this.#parts = parts;
  }

  /** Answers what an authority answers; null for any other path. */
  handle(request: ApiCall, now: number): ApiReply | null {
    const found = this.#routes.find(request.method, request.path);
    if (!found || found === 'other-method') return null;
    const { app, tokens, requests } = this.#parts;
    requests.count(`${found.route.method} ${found.route.path}`);
    return found.route.handle({ request, params: found.params, app, tokens, now });
  }
}

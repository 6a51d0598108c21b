import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import {
  type Activity,
  ActivityTypes,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { NewId } from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';
import { limitAttempts } from './connector-limits.ts';
import { apology } from './middleware/error-boundary.ts';

/** How the bot proves who it is to the Bot Framework. `anonymous` checks nobody: loopback addresses only. */
export type BotIdentity =
  | { type: 'anonymous' }
  | { type: 'UserAssignedMSI'; id: string; tenantId: string }
  | { type: 'SingleTenant'; id: string; tenantId: string; password: string };

/**
 * Teams AI's adapter, with a door of our own: `process` writes errors to the console, answers them with the
 * error's message, and does nothing at all where the response object is not what it expects.
 */
export class WatchAdapter extends TeamsAdapter {
  /**
   * Authenticates an activity and runs the turn.
   * @returns what an invoke is answered with; undefined for everything else
   * @throws the SDK's error, with `statusCode` 401 or 403, when the request is not from the Bot Framework
   */
  receive(
    authorization: string,
    activity: Activity,
    bot: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, bot);
  }
}

export type AdapterOptions = {
  identity: BotIdentity;
  /** The US government clouds (GCC High, DoD) have a Bot Framework of their own. */
  governmentCloud: boolean;
  newReference: NewId;
  log: Logger;
};

/** As botframework-connector's GovernmentConstants names it. */
const GOVERNMENT = { ChannelService: 'https://botframework.azure.us' };

/** The bot's client id as the SDK wants it for proactive messages; empty without authentication. */
export const appIdOf = (identity: BotIdentity): string => (identity.type === 'anonymous' ? '' : identity.id);

/**
 * The connection to the Bot Framework. Its error handler is the last net: our own boundary catches what
 * happens in a turn, so that only failures of the SDK itself, such as an answer that Teams refuses, end here.
 */
export function createAdapter(options: AdapterOptions): WatchAdapter {
  const { identity, newReference, log } = options;
  const adapter = new WatchAdapter(options.governmentCloud ? GOVERNMENT : {}, credentials(identity));
  adapter.use(async (context, next) => {
    limitAttempts(context);
    await next();
  });
  adapter.onTurnError = async (context: TurnContext, error: Error) => {
    const reference = newReference();
    log.error({ reference, type: context.activity.type, err: error }, 'turn failed outside our boundary');
    if (context.activity.type !== ActivityTypes.Message) return;
    try {
      await context.sendActivity(apology(reference));
    } catch (sendError) {
      log.warn({ reference, err: sendError }, 'the person could not be told that the turn failed');
    }
  };
  return adapter;
}

function credentials(identity: BotIdentity): ConfigurationServiceClientCredentialFactory {
  switch (identity.type) {
    case 'anonymous':
      return new ConfigurationServiceClientCredentialFactory({});
    case 'UserAssignedMSI':
      return new ConfigurationServiceClientCredentialFactory({
        MicrosoftAppType: 'UserAssignedMsi',
        MicrosoftAppId: identity.id,
        MicrosoftAppTenantId: identity.tenantId,
      });
    case 'SingleTenant':
      return new ConfigurationServiceClientCredentialFactory({
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppId: identity.id,
        MicrosoftAppTenantId: identity.tenantId,
        MicrosoftAppPassword: identity.password,
      });
  }
}

import type { TurnContext } from 'botbuilder';
import type { WatchAdapter } from '../../../src/teams/adapter.ts';

type Sent = Record<string, unknown>;

/** Takes what the bot sends where the SDK would post it to Teams: nothing leaves the process. */
export class ConnectorInProcess {
  #sent: Sent[] = [];
  #ids = 0;

  /** What was sent since the last call, as Teams would have read it. */
  taken(): Sent[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  connectTo(adapter: WatchAdapter): void {
    adapter.use(async (context: TurnContext, next) => {
      context.turnState.set(context.adapter.ConnectorClientKey, { conversations: this.#conversations });
      await next();
    });
  }

  readonly #conversations = {
    replyToActivity: async (_conversation: string, _to: string, activity: Sent) => this.#take(activity),
    sendToConversation: async (_conversation: string, activity: Sent) => this.#take(activity),
    updateActivity: async (_conversation: string, _id: string, activity: Sent) => this.#take(activity),
    deleteActivity: async () => undefined,
  };

  #take(activity: Sent): { id: string } {
    // Both ways through JSON, as a value that JSON cannot hold would break on the wire.
    if (activity.type !== 'typing') this.#sent.push(JSON.parse(JSON.stringify(activity)));
    return { id: `sent-${++this.#ids}` };
  }
}

import type { Memory } from '@microsoft/teams-ai/lib/MemoryFork.js';
import { ActivityTypes, BotAdapter, TurnContext } from 'botbuilder';

/** A conversation that leads nowhere: Teams AI's planner wants a turn, and must not be able to send anything. */
class NoConversation extends BotAdapter {
  override sendActivities(): Promise<never> {
    return this.refuse();
  }
  override updateActivity(): Promise<never> {
    return this.refuse();
  }
  override deleteActivity(): Promise<never> {
    return this.refuse();
  }
  override continueConversation(): Promise<never> {
    return this.refuse();
  }

  private refuse(): Promise<never> {
    return Promise.reject(new Error('A sentence that is only read has no conversation.'));
  }
}

/** A turn without an activity, a person or a conversation in it. */
export const turnOfNobody = (): TurnContext =>
  new TurnContext(new NoConversation(), { type: ActivityTypes.Message });

/** A memory that is forgotten with the call: no conversation is kept, and none is sent. */
export function emptyMemory(): Memory {
  const values = new Map<string, unknown>();
  return {
    hasValue: (path) => values.has(path),
    getValue: <Value>(path: string) => values.get(path) as Value,
    setValue: (path, value) => {
      values.set(path, value);
    },
    deleteValue: (path) => {
      values.delete(path);
    },
  };
}

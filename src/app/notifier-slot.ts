import type { Notifier } from '../domain/ports.ts';

/** A notifier that jobs can be given before there is a bot. */
export type NotifierSlot = {
  notifier: Notifier;
  /** From now on cards go out by this one. */
  connect(notifier: Notifier): void;
};

const NOT_STARTED = { ok: false, retryable: true, reason: 'The bot has not been started.' } as const;

/** Until the bot is started nothing can be sent: what is due waits in the outbox. */
const NO_BOT: Notifier = {
  post: async () => NOT_STARTED,
  update: async () => NOT_STARTED,
  remove: async () => NOT_STARTED,
  findPosted: async () => ({ known: false }),
};

/** Makes an empty slot: what is sent before a bot is connected is to be tried again. */
export function createNotifierSlot(): NotifierSlot {
  let connected = NO_BOT;
  return {
    notifier: {
      post: (...sent) => connected.post(...sent),
      update: (...sent) => connected.update(...sent),
      remove: (...card) => connected.remove(...card),
      findPosted: (...sought) => connected.findPosted(...sought),
    },
    connect(notifier) {
      connected = notifier;
    },
  };
}

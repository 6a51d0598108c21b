import type { AlertTarget, Notifier, OutgoingMessage, SendOutcome } from '../../src/domain/ports.ts';

export type SentMessage = {
  how: 'post' | 'update';
  target: string;
  activityId: string;
  message: OutgoingMessage;
};

/** A channel that remembers everything, and fails when it is told to. */
export class FakeNotifier implements Notifier {
  readonly sent: SentMessage[] = [];
  /** Keys of what did not arrive. */
  readonly refused: string[] = [];
  /** Keys that were looked for. */
  readonly looked: string[] = [];
  /** What was taken out of a channel. */
  readonly removed: { target: string; activityId: string }[] = [];
  /** How the next removals end. */
  removals: SendOutcome[] = [];
  /** How the next sends end; what `arrives` is in the channel all the same. */
  failures: (SendOutcome & { arrives?: true })[] = [];
  /** Whether the channel's history may be read. */
  historyReadable = true;

  async post(target: AlertTarget, message: OutgoingMessage): Promise<SendOutcome> {
    return this.#send('post', target, `activity-${this.sent.length + 1}`, message);
  }
  async update(target: AlertTarget, activityId: string, message: OutgoingMessage): Promise<SendOutcome> {
    return this.#send('update', target, activityId, message);
  }
  async remove(target: AlertTarget, activityId: string): Promise<SendOutcome> {
    this.removed.push({ target: target.key, activityId });
    return this.removals.shift() ?? { ok: true, activityId };
  }
  async findPosted(target: AlertTarget, key: string) {
    this.looked.push(key);
    if (!this.historyReadable) return { known: false as const };
    const found = this.sent.find(
      (sent) => sent.how === 'post' && sent.message.key === key && sent.target === target.key,
    );
    return { known: true as const, activityId: found?.activityId ?? null };
  }
  get posts(): SentMessage[] {
    return this.sent.filter(({ how }) => how === 'post');
  }

  #send(
    how: SentMessage['how'],
    target: AlertTarget,
    activityId: string,
    message: OutgoingMessage,
  ): SendOutcome {
    const { arrives, ...failure } = this.failures.shift() ?? { arrives: true, ok: true, activityId };
    if (arrives) this.sent.push({ how, target: target.key, activityId, message });
    else this.refused.push(message.key);
    return failure;
  }
}

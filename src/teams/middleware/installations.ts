import { MINUTE_MS } from '../../domain/durations.ts';

/** Both events of one installation come within this, ms. */
const TOGETHER_MS = MINUTE_MS;

export type Installations = {
  /**
   * Whether an event is the first word of an installation of the bot in a conversation, and not the other half of one
   * that was heard already: Teams sends an installationUpdate and a conversationUpdate, in any order.
   * @param by the type of the event
   * @param now ms UTC
   */
  isFirstWord(conversationKey: string, by: string, now: number): boolean;
  /** The bot was removed: whatever comes next begins an installation. */
  forget(): void;
};

/** One kind of event twice is two installations, however close they are. Forgets what is a minute old. */
export function createInstallations(): Installations {
  const heard = new Map<string, { at: number; by: Set<string> }>();
  return {
    isFirstWord(key, by, now) {
      for (const [other, { at }] of heard) if (now - at > TOGETHER_MS) heard.delete(other);
      const installation = heard.get(key);
      if (installation && !installation.by.has(by)) {
        installation.by.add(by);
        return false;
      }
      heard.set(key, { at: now, by: new Set([by]) });
      return true;
    },
    forget: () => heard.clear(),
  };
}

export type ChannelMessage = {
  id: string;
  createdAt: number;
  /** Display name and app id of the bot that wrote it; null for a person. */
  application: { id: string; displayName: string } | null;
  user: { id: string; displayName: string } | null;
  html: string;
  /** Adaptive Cards as JSON text. */
  cards: readonly string[];
};

/** Messages in a team's channels, as tests fill them in; keyed by team and channel id. */
export class Channel {
  readonly #messages = new Map<string, ChannelMessage[]>();

  post(teamId: string, channelId: string, message: ChannelMessage): void {
    const key = `${teamId}/${channelId}`;
    this.#messages.set(key, [message, ...(this.#messages.get(key) ?? [])]);
  }

  /** Newest first; null for a channel that nobody has filled. */
  messages(teamId: string, channelId: string): readonly ChannelMessage[] | null {
    return this.#messages.get(`${teamId}/${channelId}`) ?? null;
  }
}

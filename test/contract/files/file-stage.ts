import { expect, vi } from 'vitest';
import { UploadServer } from '../../fakes/upload-server.ts';
import type { Sent } from '../../unit/teams/fake-connector.ts';
import { type Actor, from } from '../authorization/cast.ts';
import { Stage } from '../authorization/stage.ts';
import type { Exchange } from '../hostile/bot-with-incident.ts';

export type Offer = {
  name: string;
  content: { description: string; sizeInBytes: number; acceptContext: { fileId: string } };
};

const OFFER = 'application/vnd.microsoft.teams.card.file.consent';
const LINK = 'application/vnd.microsoft.teams.card.file.info';

/** The whole product, and a OneDrive beside it. */
export class FileStage extends Stage {
  readonly drive = new UploadServer();

  override async start(settings: Record<string, string> = {}): Promise<void> {
    await this.drive.start();
    await super.start(settings);
  }

  /** What somebody is offered in their personal chat when they ask for it. */
  async offered(actor: Actor, text: string): Promise<Offer> {
    const offer = offerIn((await this.say(actor, 'personal', text)).said);
    if (!offer) throw new Error(`nothing was offered for “${text}”`);
    return offer;
  }

  /** Presses Allow or Decline, as Teams sends it; `over` replaces fields of the value. */
  consent(
    actor: Actor,
    action: 'accept' | 'decline',
    offer: Offer,
    over: Record<string, unknown> = {},
  ): Promise<Exchange> {
    const uploadInfo = {
      uploadUrl: this.drive.url,
      contentUrl: `${this.drive.origin}/personal/megan/Documents/Applications/${offer.name}`,
      name: offer.name,
      uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C9D',
      fileType: 'csv',
    };
    const context = offer.content.acceptContext;
    return this.invoke(actor, 'fileConsent/invoke', {
      type: 'fileUpload',
      action,
      context,
      ...(action === 'accept' ? { uploadInfo } : {}),
      ...over,
    });
  }

  invoke(actor: Actor, name: string, value: unknown): Promise<Exchange> {
    const who = from(this.bot, actor, 'personal');
    return this.bot.send({ type: 'invoke', name, text: undefined, value, replyToId: 'offer-1', ...who });
  }

  async idOf(upn: string): Promise<string> {
    for await (const chunk of this.store.users.all()) {
      const found = chunk.find(({ state }) => state.userPrincipalName === upn);
      if (found) return found.state.id;
    }
    throw new Error(`nobody is ${upn}`);
  }

  /** What is said next in the personal chat, after the turn. */
  async toldLater(work: () => Promise<unknown>): Promise<Sent> {
    const before = this.bot.connector.said.length;
    await work();
    return vi.waitUntil(() => this.bot.connector.said[before]?.activity, { timeout: 20_000, interval: 10 });
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.drive.stop();
  }
}

export function offerIn(said: readonly Sent[]): Offer | null {
  for (const { attachments = [] } of said) {
    for (const { contentType, ...rest } of attachments) {
      if (contentType === OFFER) return rest as unknown as Offer;
    }
  }
  return null;
}

/** The address under which the file can be opened. */
export function linkIn({ attachments = [] }: Sent): string {
  expect(attachments).toMatchObject([{ contentType: LINK, content: { fileType: 'csv' } }]);
  return attachments[0]?.contentUrl ?? '';
}

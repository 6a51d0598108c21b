import type { Answer } from '../answers/answer/answer.ts';
import { factsOf } from '../language/facts.ts';
import type { Intent } from '../language/query.ts';
import type { BotContext } from './bot-context.ts';
import { forYouCard } from './cards/for-you.ts';
import { type Reply, showCard, type Turn } from './turn.ts';

/**
 * Whether an answer must not stand where others read it too. In a channel everybody sees what one asks; where people
 * may see a part of the users only, an answer made for one of them could tell the others more than they may see.
 * What the bot is to carry out says no more than the person said, and is answered where it was said.
 */
export function isForAskerOnly(
  { intent, blocks, request }: Answer,
  { conversation }: Pick<Turn, 'conversation'>,
  { channelShowsNames }: Pick<BotContext, 'channelShowsNames'>,
): boolean {
  if (conversation.kind === 'personal' || channelShowsNames) return false;
  if (request !== null && request.kind !== 'show-incident') return false;
  const readings = blocks.find((block) => block.kind === 'readings');
  if (readings) return readings.namePeople;
  // "Which Chris?" names people, whatever was asked about them.
  return factsOf(intent).tells === 'people' || blocks.some(({ kind }) => kind === 'choices');
}

/** What stands in the channel instead: a button with which each sees the answer as they may see it, alone. */
export const forYou = (sentence: string, intent?: Intent, kept?: string): Reply =>
  showCard(forYouCard(sentence, { intent, kept }), 'Your answer names people: press to see it');

/** By what a sentence is kept that may be taken for several things. */
export const keptOf = ({ blocks }: Answer): string | undefined =>
  blocks.find((block) => block.kind === 'readings')?.kept;

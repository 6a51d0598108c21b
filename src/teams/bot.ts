import { Application } from '@microsoft/teams-ai/lib/Application.js';
import { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';
import { ActivityTypes, StatusCodes, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { isForBot, Submitted } from './addressed.ts';
import type { BotContext } from './bot-context.ts';
import type { FindOperators } from './channel-operators.ts';
import { conversationEvent } from './conversation-event.ts';
import { IncomingActivity } from './incoming-activity.ts';
import { searchReply } from './message-extension/search-reply.ts';
import { messageText } from './message-text.ts';
import { createRouter } from './router.ts';
import type { Turn } from './turn.ts';
import { actionReply } from './turn-answers.ts';
import { readContext, type TurnParts } from './turn-from-context.ts';

/** `Action.Execute` keeps the verb beside the data. */
const Executed = z.object({ action: z.object({ verb: z.string(), data: z.unknown().optional() }) });

/**
 * The bot: Teams AI's Application picks the kind of turn, our router does the rest with our own Turn.
 * @returns what handles one turn of the SDK
 */
export function createBot(
  context: BotContext,
  operatorsIn: FindOperators,
): (turnContext: TurnContext) => Promise<void> {
  const read = (turnContext: TurnContext): Parts => {
    const parts = readContext(turnContext);
    return { ...parts, operatorsHere: () => operatorsHere(turnContext, parts, operatorsIn) };
  };
  const route = createRouter(context);
  const app = new Application<TurnState>({
    // We take the mention out and show the indicator ourselves, see message-text.ts and middleware/typing.ts.
    removeRecipientMention: false,
    startTypingTimer: false,
    turnStateFactory: () => new TurnState(),
  });

  app.adaptiveCards.actionExecute(/^/, async (turnContext) => {
    const parts = read(turnContext);
    const { verb, data } = Executed.parse(parts.activity.value).action;
    const { reply, response } = actionReply();
    await route({ ...action(parts), verb, data, reply, answersAlone: true });
    // Sent here and not returned: a returned card with `refresh`, as all of ours for one viewer are, would be
    // put by Teams AI in the place of the one that stands in the channel, for everyone, whatever mode is set.
    // That card is edited by the deliver job, for all and once.
    await answerInvoke(turnContext, response());
    return '';
  });

  app.activity(ActivityTypes.Message, async (turnContext) => {
    const parts = read(turnContext);
    const text = messageText(parts.activity);
    const submitted = text === '' ? Submitted.safeParse(parts.activity.value) : null;
    if (submitted?.success) {
      const { verb, ...data } = submitted.data;
      const answersAlone = parts.conversation.kind === 'personal';
      return route({ ...action(parts), verb, data, reply: submitReply(parts), answersAlone });
    }
    await route({ ...base(parts), kind: 'message', text, reply: parts.post });
  });

  app.addRoute(
    isInvoke('fileConsent/invoke'),
    async (turnContext) => {
      const parts = read(turnContext);
      const { value, replyToId } = parts.activity;
      const removeOffer = async () => {
        if (replyToId) await parts.remove(replyToId);
      };
      await route({ ...base(parts), kind: 'file', value, removeOffer, reply: parts.post });
      await answerInvoke(turnContext, {});
    },
    true,
  );

  app.addRoute(
    isInvoke('composeExtension/query'),
    async (turnContext) => {
      const parts = read(turnContext);
      const { value } = parts.activity;
      const { reply, show, response } = searchReply();
      await route({ ...base(parts), kind: 'search', value, reply, show });
      await answerInvoke(turnContext, response());
    },
    true,
  );

  for (const type of [ActivityTypes.InstallationUpdate, ActivityTypes.ConversationUpdate]) {
    app.activity(type, async (turnContext) => {
      const parts = read(turnContext);
      const event = conversationEvent(parts.activity);
      await route({ ...base(parts), kind: 'event', event, by: type, reply: parts.post });
    });
  }

  return async (turnContext) => {
    // Before anything is stored, logged or understood.
    if (isForBot(IncomingActivity.parse(turnContext.activity))) await app.run(turnContext);
  };
}

const isInvoke =
  (name: string) =>
  async ({ activity }: TurnContext): Promise<boolean> =>
    activity.type === ActivityTypes.Invoke && activity.name === name;

async function answerInvoke(turnContext: TurnContext, body: object): Promise<void> {
  const value = { status: StatusCodes.OK, body };
  await turnContext.sendActivity({ type: ActivityTypes.InvokeResponse, value });
}

type Parts = TurnParts & Pick<Turn, 'operatorsHere'>;

/** In a personal chat there is nobody else; elsewhere those who may decide about everybody are named. */
async function operatorsHere(
  turnContext: TurnContext,
  { conversation, asker }: TurnParts,
  operatorsIn: FindOperators,
): Promise<string[]> {
  if (conversation.kind === 'personal') return [];
  const found = await operatorsIn(turnContext, conversation.key);
  return found.flatMap(({ aadObjectId, name, ofAll }) =>
    ofAll && name !== null && aadObjectId !== asker.person.aadObjectId ? [name] : [],
  );
}

const base = ({ asker, conversation, reference, post, showTyping, operatorsHere: here }: Parts) => ({
  asker,
  conversation,
  reference,
  post,
  showTyping,
  operatorsHere: here,
});

const action = (parts: Parts) => ({
  ...base(parts),
  kind: 'action' as const,
  cardId: parts.activity.replyToId ?? null,
  teamsUserId: parts.activity.from.id,
});

/**
 * Clients that know only `Action.Submit` get the new card in the place of the one they clicked where they are
 * alone with us. Elsewhere it is a message in the thread: the card that stands there is everybody's.
 */
function submitReply({ activity, conversation, post, replace }: TurnParts): TurnParts['post'] {
  return async (reply) => {
    const { replyToId } = activity;
    if (reply.kind === 'card' && replyToId && conversation.kind === 'personal') {
      return replace(replyToId, reply.card, reply.summary);
    }
    await post(reply);
  };
}

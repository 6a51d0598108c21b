import { z } from 'zod';
import type { AdaptiveCard } from '../../../src/teams/cards/render.ts';
import { elementsOf, problemsOf } from '../../unit/teams/cards/check-card.ts';
import type { Outcome } from './fuzzed-bot.ts';
import type { FuzzTurn } from './turns.ts';

/** What Teams takes of a message, bytes. */
const MAX_BYTES = 28 * 1024;
const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const BROKEN =
  /Something went wrong|a message to a person could not be sent|\bat [\w.<>]+ \((?:file|node):|node_modules|\.ts:\d+/;

const Answered = z.object({ statusCode: z.literal(200), type: z.string(), value: z.unknown() });
const Search = z.object({
  composeExtension: z.union([
    z.object({ type: z.literal('message'), text: z.string().min(1) }),
    z.object({ type: z.literal('result'), attachments: z.array(z.unknown()).min(1).max(25) }),
  ]),
});

const FileSent = z.object({
  attachments: z.tuple([
    z.object({ contentType: z.literal('application/vnd.microsoft.teams.card.file.info') }),
  ]),
});

/** A file that somebody accepted a moment ago comes when it has been uploaded: during whatever turn that is. */
const isFile = (message: unknown): boolean => FileSent.safeParse(message).success;

const MESSAGE_OF_ITS_OWN: ReadonlySet<string> = new Set(['ask', 'read-as', 'export', 'support-case']);

/** Whether there is one answer, where it belongs, in the form that Teams reads. */
function formProblems({ kind, verb }: FuzzTurn, { status, body, sent: all }: Outcome): string[] {
  const sent = kind === 'file' ? all : all.filter((message) => !isFile(message));
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  expect(status === 200, `status ${status}`);
  switch (kind) {
    case 'message':
      expect(sent.length === 1, `${sent.length} answers`);
      break;
    case 'press':
      expect(Answered.safeParse(body).success, 'an invoke without its answer');
      // A question and a list are answered by a message of their own.
      expect(sent.length <= (MESSAGE_OF_ITS_OWN.has(verb ?? '') ? 1 : 0), `${sent.length} messages`);
      break;
    case 'submit':
      expect(sent.length >= 1 && sent.length <= 2, `${sent.length} answers to a submit`);
      break;
    case 'file':
      // Two when the file is there before we look: the answer, and the file.
      expect(sent.length <= 2, `${sent.length} answers about a file`);
      break;
    case 'search':
      expect(Search.safeParse(body).success, 'a search without its answer');
      expect(sent.length === 0, 'a search that speaks');
      break;
    case 'event':
      expect(sent.length <= 1, `${sent.length} messages after an event`);
      break;
  }
  return problems;
}

/** Every Adaptive Card inside what was sent, at any depth. */
function cardsIn(told: unknown): AdaptiveCard[] {
  const isCard = (value: unknown): value is AdaptiveCard =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'AdaptiveCard';
  return elementsOf(told).filter(isCard);
}

/** What is wrong with what was answered; none when all is well. */
export function replyProblems(turn: FuzzTurn, outcome: Outcome): string[] {
  const problems = formProblems(turn, outcome);
  if (outcome.failed > 0) problems.push('the turn failed');
  for (const message of [outcome.body, ...outcome.sent].filter((told) => told !== undefined)) {
    const json = JSON.stringify(message);
    const bytes = Buffer.byteLength(json);
    // Each result of a search is a card of its own, and only the chosen one is sent.
    if (turn.kind !== 'search' && bytes >= MAX_BYTES) problems.push(`${bytes} bytes`);
    if (BROKEN.test(json)) problems.push('an apology, or a stack');
    const cards = cardsIn(message);
    if (json.includes(ADAPTIVE) && cards.length === 0) problems.push('an attachment without its card');
    for (const card of cards) problems.push(...problemsOf(card));
  }
  return problems;
}

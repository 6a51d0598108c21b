import type { Access } from '../../domain/access/access.ts';
import type { BotContext } from '../bot-context.ts';
import { answerCard } from '../cards/answer.ts';
import { timesIn } from '../cards/times.ts';
import { type SearchTurn, say } from '../turn.ts';
import { FIND_PERSON } from './commands.ts';
import { readSearch } from './search-query.ts';

/**
 * Finds people and their license cards. What is chosen is read by everybody in the chat, whatever they may see:
 * so the card says who showed it, and the person who asks chooses.
 */
export async function findPerson(turn: SearchTurn, context: BotContext, access: Access): Promise<void> {
  const search = readSearch(turn.value);
  if (search === null) {
    context.log.info({ by: turn.asker.person.aadObjectId }, 'a search does not fit');
    return turn.reply(say('I cannot search for this. Type a name or a sign-in name.'));
  }
  const said = search.said(FIND_PERSON.parameter.name);
  const found = await context.services.findPeople(said, turn.asker, access);
  if (found.length === 0) return turn.reply(say(nobody(said)));
  const times = timesIn(turn.asker.timeZone, context.timeZone);
  const { name } = turn.asker.person;
  await turn.show(
    found.map((person) => ({
      title: person.name,
      text: `${person.signInName} – ${person.summary}`,
      card: answerCard(
        { ...person.answer, completeUntil: shownBy(person.answer.completeUntil, name) },
        times,
        // It is dropped into any chat.
        false,
      ),
    })),
  );
}

const shownBy = (asOf: string | null, name: string): string => `${asOf ?? 'Licenses'}, shown by ${name}.`;

const nobody = (said: string): string =>
  said === ''
    ? 'Type a name, a sign-in name or a mail address.'
    : 'I know nobody by this name whose licenses you may see.';

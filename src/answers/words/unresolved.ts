import { count, numeral } from '../../domain/numerals.ts';
import { peopleLike } from '../../language/names/people-like.ts';
import { isProductText } from '../../language/names/skus.ts';
import type { DirectoryPerson, Query } from '../../language/query.ts';
import type { Answer, ChoicesBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table } from '../answer/make-answer.ts';

const MAX_CHOICES = 8;

/** "Which Chris?": asks for the first name that fits several people, nobody, or no product of this tenant. */
export async function unresolved(query: Query, deps: AnswerDeps): Promise<Answer> {
  const [said = ''] = query.unresolved;
  if (isProductText(said)) return unknownProduct(query, said, deps);
  const { fits, near } = peopleLike(said, deps.index);
  const people = byId(fits.length > 0 ? fits : near, deps);
  const alike = deps.directory.groups.filter(({ displayName }) => isSame(displayName, said));
  if (alike.length > 1) {
    return makeAnswer(
      query.intent,
      `${numeral(alike.length)} groups are called “${said}”, so I cannot tell which one is meant.`,
      {
        blocks: [
          { kind: 'text', text: 'Give one of them another name in the Microsoft Entra admin center.' },
        ],
      },
    );
  }
  // Who is meant was said already, so that what is left names a group.
  const isRequest = query.intent === 'assign' || query.intent === 'remove';
  if (people.length === 0 && isRequest && query.people.length > 0 && query.groups.length === 0) {
    return makeAnswer(query.intent, `No group here is called “${said}”.`, {
      next: ['which groups give licenses'],
    });
  }
  if (people.length === 0) {
    return makeAnswer(query.intent, `Nobody here is called “${said}”.`, {
      blocks: [{ kind: 'text', text: 'Try the full name or the sign-in name.' }],
    });
  }
  const shown = people.slice(0, MAX_CHOICES);
  const more =
    people.length > shown.length
      ? ` ${count(people.length, 'person', 'people')} fit; here are the first ${shown.length}. Write the full name for another.`
      : '';
  return makeAnswer(
    query.intent,
    fits.length > 0 ? `Which ${said}?${more}` : `Nobody here is called “${said}”. Did you mean one of these?`,
    {
      blocks: [{ kind: 'choices', choices: shown.map((person) => choice(person, said, deps)) }],
    },
  );
}

/** The sentence again, with the sign-in name in place of the name that was not clear. */
function choice(
  person: DirectoryPerson,
  said: string,
  { text, intent }: Pick<AnswerDeps, 'text' | 'intent'>,
): ChoicesBlock['choices'][number] {
  const { displayName: label, userPrincipalName: detail } = person;
  const at = text.toLowerCase().indexOf(said.toLowerCase());
  if (at === -1) return { label, detail, ask: `history of ${detail}` };
  const ask = `${text.slice(0, at)}${detail}${text.slice(at + said.length)}`;
  return { label, detail, ask, ...(intent ? { intent } : {}) };
}

const isSame = (name: string, said: string): boolean => name.toLowerCase() === said.toLowerCase();

const byId = (ids: readonly string[], { directory }: AnswerDeps): DirectoryPerson[] => {
  const wanted = new Set(ids);
  return directory.people.filter(({ id }) => wanted.has(id));
};

const unknownProduct = (query: Query, said: string, { directory }: AnswerDeps): Answer =>
  makeAnswer(query.intent, `This tenant has no product called “${said}”.`, {
    blocks: table(
      ['Product', 'Part number'],
      directory.skus.map(({ displayName, partNumber }) => [displayName, partNumber]),
    ),
    next: ['free seats'],
  });

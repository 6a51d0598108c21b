import { describe, expect, it } from 'vitest';
import { isQuestion } from '../../../../src/language/intent/question-form.ts';
import { tokensOf } from '../../../../src/language/intent/tokens.ts';
import { indexDirectory } from '../../../../src/language/names/directory-index.ts';
import { findWords } from '../../../../src/language/sentence/find-words.ts';
import { DIRECTORY, NOW } from '../the-directory.ts';

const index = indexDirectory(DIRECTORY);
const isRead = (text: string): boolean =>
  isQuestion(tokensOf(findWords(text, { now: NOW, timeZone: 'UTC' }, index)));

describe('a question by its form', () => {
  it.each([
    'who should I take Visio from',
    'did you assign E3 to Lee',
    'has anybody removed Visio from Lee',
    'have you given Rick the E5',
    'do we give guests E3',
    'why remove Visio from Lee',
    'hi, is Visio assigned to Lee',
    'was Megan given Copilot',
    'hat jemand Lee Visio entzogen',
    'wurde Lee Visio zugewiesen',
    'heeft iemand Lee Visio gegeven',
    'qui a retiré Visio à Lee',
    'quién le quitó Visio a Lee',
  ])('is seen in “%s”', (text) => expect(isRead(text)).toBe(true));

  it.each([
    'give Lee Visio',
    'can you give Lee Visio?',
    'would you please remove Visio from Lee',
    'Lee needs Visio',
    "Isaiah doesn't need Visio any more",
    'do a scan',
    'have Visio removed from Lee',
    'please watch Rick',
    'kannst du Lee Visio geben?',
    'gib Lee Visio',
    'kun je Lee Visio geven',
    'peux-tu donner Visio à Lee',
    'puedes darle Visio a Lee',
  ])('is not seen in “%s”', (text) => expect(isRead(text)).toBe(false));
});

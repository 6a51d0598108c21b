import { glob, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { INTENT_NAMES } from '../../src/language/facts.ts';
import type { Query } from '../../src/language/query.ts';
import { answerCard } from '../../src/teams/cards/answer.ts';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';
import { aQuery } from '../builders/query.ts';
import { aTenantOfLongNames, LONG_NAME } from '../unit/answers/a-tenant-of-long-names.ts';
import { ask, askQuery } from '../unit/answers/a-watched-tenant.ts';
import { ONE_OF_EACH } from '../unit/answers/one-of-each.ts';
import { MAKERS } from './card-makers.ts';
import { CardPage } from './card-page.ts';
import { incident, operator, product, times, ZONE } from './long-incident-cards.ts';

/** Where pictures go for people to look at; none are taken without it. */
const PICTURES = process.env.CARD_PICTURES;
const WIDTHS = [320, 446];

const named = LONG_NAME;
const QUESTIONS: readonly string[] = [
  ...ONE_OF_EACH,
  ...['licenses of', 'history of', 'who changed licenses of', 'audit log of', 'unused licenses of'].map(
    (question) => `${question} ${named}`,
  ),
  'licenses of Schimmelpenninck',
  `who has ${product}`,
  `who lost ${product} this month`,
  'open incidents',
  'lost licenses this week',
  'license cost by department',
];

let page: CardPage;
let store: Store;
beforeAll(async () => {
  page = await CardPage.open();
  store = await aTenantOfLongNames();
});
afterAll(async () => {
  await page.close();
  await store.close();
});

async function measure(card: AdaptiveCard, name: string): Promise<void> {
  for (const width of WIDTHS) {
    const { outside, broken } = await page.show(card, 'light', width);
    if (PICTURES) {
      await mkdir(PICTURES, { recursive: true });
      const file = `every-${name.replaceAll(/[^\w]+/g, '-').slice(0, 80)}-${width}.png`;
      await page.page.screenshot({ path: path.join(PICTURES, file), fullPage: true });
    }
    expect({ width, outside, broken }).toEqual({ width, outside: [], broken: [] });
  }
}

/** Answers of which one sentence for each intent shows another. */
const QUERIES: readonly Query[] = [
  aQuery({ intent: 'incidents', board: true }),
  aQuery({ intent: 'coverage', auditing: 'state' }),
  aQuery({ intent: 'coverage', auditing: 'how-to' }),
  aQuery({ intent: 'coverage', auditing: 'retention' }),
  aQuery({ intent: 'service-issues', range: { from: 0, to: 8_000_000_000_000 } }),
];

describe('no word breaks on a phone or in a narrow window', () => {
  const cards = Object.entries(MAKERS).flatMap(([maker, kinds]) =>
    Object.entries(kinds).map(([kind, make]) => [maker, kind, make] as const),
  );
  it.each(cards)('on the %s: %s', (maker, kind, make) => measure(make(), `${maker} ${kind}`));

  it.each(QUESTIONS)('in the answer to “%s”', async (question) => {
    const { answer } = await ask(store, question, ZONE);
    const shown =
      answer.request?.kind === 'show-incident'
        ? incident(answer.request.incident, operator)
        : answerCard(answer, times);
    await measure(shown, `answer ${question}`);
  });

  it.each(QUERIES)('in the answer to a query: $intent', async (query) => {
    const { answer } = await askQuery(store, query);
    await measure(answerCard(answer, times), `answer ${query.intent}`);
  });
});

describe('what is measured', () => {
  it('is every function that makes a card', async () => {
    const makers: string[] = [];
    for await (const file of glob('src/teams/**/*.ts')) {
      const text = await readFile(file, 'utf8');
      if (file.endsWith('cards/render.ts') || !text.includes('renderCard(')) continue;
      const found = [...text.matchAll(/^export (?:const|(?:async )?function) (\w+Card)\b/gm)].map(
        ([, name]) => name ?? '',
      );
      // A file that renders a card in a function of another kind of name would be measured nowhere.
      expect(found, file).not.toEqual([]);
      makers.push(...found);
    }
    expect(Object.keys(MAKERS).sort()).toEqual(makers.sort());
  });

  it('is an answer to every kind of question', async () => {
    const asked = await Promise.all(
      QUESTIONS.map(async (question) => (await ask(store, question, ZONE)).query.intent),
    );
    expect(INTENT_NAMES.filter((intent) => !asked.includes(intent))).toEqual([]);
  });
});

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { answerCard } from '../../src/teams/cards/answer.ts';
import { timesIn } from '../../src/teams/cards/times.ts';
import { ask, aWatchedTenant } from '../unit/answers/a-watched-tenant.ts';
import { CardPage, type Theme } from './card-page.ts';

/** Where pictures go for people to look at; none are taken without it. */
const PICTURES = process.env.CARD_PICTURES;

const ZONE = 'Europe/Amsterdam';

const CARDS: readonly (readonly [string, string])[] = [
  ['history', 'history of Rick'],
  ['licenses', 'licenses of Adele'],
  ['lost', 'lost licenses this week'],
  ['seats', 'free seats'],
  ['errors', 'license assignment errors'],
  ['who', 'who changed Rick’s license'],
  ['coverage', 'are the logs complete'],
  ['choices', 'licenses of Chris'],
  ['users', 'who has E3'],
  ['expiring', 'which subscriptions expire soon'],
  ['duplicates', 'duplicate licenses'],
  ['guests', 'guests with licenses'],
  ['decisions', 'show the decision log'],
  ['rules', 'show standing rules'],
  ['unused', 'unused licenses'],
  ['cost', 'license cost'],
  ['audit', 'audit log of Anna'],
  ['incidents', 'open incidents'],
  ['status', 'status'],
  ['directory', 'licenses of everybody'],
  ['plans', 'service plans of Adele'],
  ['difference', 'difference between E3 and Business Standard'],
  ['dates', 'since when does Adele have E3'],
  ['attention', 'what needs attention'],
  ['groups', 'which groups give licenses'],
  ['unlicensed', 'who has no license'],
  ['narrowed', 'who has E3 but not Visio'],
  ['out-of-scope', 'the printer is jammed'],
];
const LOOKS: readonly (readonly [Theme, number])[] = [
  ['light', 320],
  ['light', 446],
  ['light', 900],
  ['dark', 320],
  ['dark', 900],
];

let store: Store;
let page: CardPage;
beforeAll(async () => {
  store = await aWatchedTenant();
  page = await CardPage.open();
});
afterAll(async () => {
  await page.close();
  await store.close();
});

describe.each(CARDS)('the card of “%s” by Microsoft’s renderer', (name, text) => {
  it.each(LOOKS)('is whole in %s, %d px wide', async (theme, width) => {
    const { answer } = await ask(store, text, ZONE);
    const card = answerCard(answer, timesIn(ZONE, 'UTC'));
    const { outside, broken } = await page.show(card, theme, width);
    if (PICTURES) {
      await mkdir(PICTURES, { recursive: true });
      await page.page.screenshot({
        path: path.join(PICTURES, `${name}-${theme}-${width}.png`),
        fullPage: true,
      });
    }
    expect(await page.page.locator('main').textContent()).toContain(answer.lead);
    expect(outside).toEqual([]);
    expect(broken).toEqual([]);
  });
});

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScopedStores } from '../../src/answers/scope/scoped-store.ts';
import type { Intent, UnderstandContext } from '../../src/language/query.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { anUnclearSentence, type Tongue } from '../builders/unclear-sentence.ts';
import { PlaygroundPage } from './playground-page.ts';
import { RunningDemo } from './running-demo.ts';

/** What a person types, and how the answer begins; no other answer of this file does. */
const SENTENCES: readonly (readonly [Tongue, string, RegExp])[] = [
  ['en', 'which licenses does Adele have?', /^Adele Vance has Microsoft 365 F3/],
  ['nl', 'welke licenties heeft Lee?', /^Lee Gu has /],
  ['de', 'wie viele Lizenzen von E5 sind noch frei?', /^Microsoft 365 E5 has no free seat/],
  ['fr', 'qui a Visio ?', /^\d users have Visio Plan 2/],
  ['es', '¿quién no tiene licencia?', /^\d users have no license/],
  ['it', 'che licenze ha Grady Archie?', /^Grady Archie has /],
  ['pt', 'quem está no grupo LIC-E3?', /^\d users have a license by LIC-E3/],
];
const TONGUES = SENTENCES.map(([tongue]) => tongue);

/** What Rick is answered about by a card that begins with his name. */
const ABOUT_RICK: readonly Intent[] = ['who-changed', 'history', 'user-licenses'];

let demo: RunningDemo;
let megan: PlaygroundPage;
/** The names that the demo's bot knows: whether a sentence is unclear depends on them. */
let known: UnderstandContext;

beforeAll(async () => {
  demo = await RunningDemo.start(4120, 4121);
  known = await whatItKnows(demo);
  megan = await PlaygroundPage.open(demo.addresses[0] ?? '', { width: 1280, height: 1600 });
  await megan.openPersonalChat();
});

afterAll(async () => {
  await megan?.close();
  await demo?.remove();
});

describe('a person’s sentence', () => {
  it.each(SENTENCES)('in %s, “%s”, is answered', async (_tongue, sentence, answer) => {
    await megan.cardAfter(() => megan.say(sentence), answer);
  });
});

describe('a sentence that may mean several things', () => {
  it.each(TONGUES)('in %s is asked about, and goes on with the reading that is pressed', async (tongue) => {
    const unclear = anUnclearSentence(known, isPressedAboutRick, tongue);
    const asked = await megan.cardAfter(() => megan.say(unclear), /^Did you mean …\?/);
    expect(await asked.getByRole('button').count()).toBeGreaterThanOrEqual(2);
    await megan.cardAfter(() => asked.getByRole('button').first().click(), /^Rick van Oosterhout/);
  });
});

/** The first reading is the one that is pressed. */
const isPressedAboutRick = (intent: Intent, place: number): boolean =>
  place > 0 || ABOUT_RICK.includes(intent);

async function whatItKnows({ folder }: RunningDemo): Promise<UnderstandContext> {
  const store = await openStore({ url: `file:${path.join(folder, 'data/demo/license-watch.db')}` });
  try {
    const { directory } = await createScopedStores(store)(null).directory();
    return { directory, now: Date.now(), timeZone: 'UTC', asker: null };
  } finally {
    await store.close();
  }
}

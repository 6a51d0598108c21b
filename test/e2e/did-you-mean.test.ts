import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnderstandContext } from '../../src/language/query.ts';
import { anUnclearSentence } from '../builders/unclear-sentence.ts';
import { PlaygroundPage } from './playground-page.ts';
import { RunningDemo } from './running-demo.ts';

const RICK = {
  id: 'rick',
  displayName: 'Rick van Oosterhout',
  givenName: 'Rick',
  surname: 'van Oosterhout',
  userPrincipalName: 'rick@contoso.com',
  mail: null,
  formerNames: [],
};
const KNOWN: UnderstandContext = {
  directory: { people: [RICK], skus: [], groups: [] },
  now: Date.now(),
  timeZone: 'UTC',
  asker: null,
};
const UNCLEAR = anUnclearSentence(KNOWN, (intent) =>
  ['who-changed', 'history', 'user-licenses'].includes(intent),
);

let demo: RunningDemo;
let megan: PlaygroundPage;

beforeAll(async () => {
  demo = await RunningDemo.start(4120, 4121);
  megan = await PlaygroundPage.open(demo.addresses[0] ?? '', { width: 1280, height: 1600 });
  await megan.openPersonalChat();
});

afterAll(async () => {
  await megan?.close();
  await demo?.remove();
});

describe('a sentence that may mean several things', () => {
  it('is asked about, and goes on with the reading that is pressed', async () => {
    await megan.say(UNCLEAR);
    const card = megan.card('Did you mean …?');
    await card.waitFor({ timeout: 20_000 });
    const buttons = await card.getByRole('button').allTextContents();
    expect(buttons.length).toBeGreaterThanOrEqual(2);
    await card.getByRole('button').first().click();
    await megan.page
      .getByText(/^Answered below: /)
      .first()
      .waitFor({ timeout: 20_000 });
    expect(await megan.page.locator('.ac-adaptiveCard').last().textContent()).not.toContain('Did you mean');
  });
});

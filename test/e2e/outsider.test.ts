import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/domain/durations.ts';
import { PlaygroundPage } from './playground-page.ts';
import { RunningDemo } from './running-demo.ts';

const LOST = '5 users lost Microsoft 365 Business Standard';

let demo: RunningDemo;
let megan: PlaygroundPage;

beforeAll(async () => {
  demo = await RunningDemo.start(20_200, 20_201);
  await demo.act({ kind: 'remove-member', group: 'License Watch operators', users: ['meganb@contoso.com'] });
  megan = await PlaygroundPage.open(demo.addresses[0] ?? '');
  await megan.openChannel('License alerts');
});

afterAll(async () => {
  await megan?.close();
  await demo?.remove();
});

describe('somebody who is no operator', () => {
  it('presses Reassign and hears, in a sentence, who can decide; the card stays as it is', async () => {
    const card = megan.card(LOST);
    await card.waitFor({ timeout: MINUTE_MS });
    await megan.press(card, 'Reassign…');
    const refusal = 'Only operators can decide this. Operators here: Lee Gu.';
    const post = card.locator(`xpath=ancestor::*[contains(., "${refusal}")][1]`);
    await post.waitFor();
    expect(await card.getByRole('button').allTextContents()).toEqual([
      'Reassign…',
      'Approve…',
      'Snooze…',
      'I’m on it…',
      'Details',
    ]);
    await demo.picture('refusal', post);
  });
});

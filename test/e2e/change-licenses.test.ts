import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlaygroundPage } from './playground-page.ts';
import { RunningDemo } from './running-demo.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const RICK = 'rick@contoso.com';

let demo: RunningDemo;
let megan: PlaygroundPage;

const holds = async (upn: string, skuId: string): Promise<boolean> =>
  (await demo.user(upn)).licenses.some((license) => license.skuId === skuId);

/** Says something, and waits for the card that answers it. */
async function answered(sentence: string, text: string | RegExp) {
  await megan.say(sentence);
  const card = megan.card(text);
  await card.waitFor({ timeout: 30_000 });
  return card;
}

/** Presses a button, and waits for the card that takes the place of the one pressed. */
async function pressed(on: string | RegExp, button: string, then: string | RegExp) {
  await megan.press(megan.card(on), button);
  const card = megan.card(then);
  await card.waitFor({ timeout: 30_000 });
  return card;
}

beforeAll(async () => {
  demo = await RunningDemo.start(3994, 56186);
  megan = await PlaygroundPage.open(demo.addresses[0] ?? '');
  await megan.openPersonalChat();
});

afterAll(async () => {
  await megan?.close();
  await demo?.remove();
});

describe('licenses given and taken in words', () => {
  it('shows first what an assignment would do, and writes nothing', async () => {
    const card = await answered('assign Visio to Rick', 'Assign a license?');
    expect(await card.textContent()).toContain('Rick van Oosterhout gets Visio Plan 2 directly.');
    expect(await card.textContent()).toContain('Nothing has been changed yet.');
    await demo.picture('assign-license', card);
    expect(await holds(RICK, VISIO)).toBe(false);
  });

  it('assigns it at a press, and says so', async () => {
    const card = await pressed('Assign a license?', 'Assign', 'Rick van Oosterhout has Visio Plan 2 now.');
    expect(await card.textContent()).toMatch(
      /Undo takes Visio Plan 2 from Rick van Oosterhout again: possible until/,
    );
    await demo.picture('license-assigned', card);
    expect(await holds(RICK, VISIO)).toBe(true);
  });

  it('takes it back at another', async () => {
    const card = await pressed('has Visio Plan 2 now', 'Undo', /Visio Plan 2 was taken from Rick .* again/);
    expect(await card.getByRole('button').count()).toBe(0);
    await demo.picture('assignment-undone', card);
    expect(await holds(RICK, VISIO)).toBe(false);
  });

  it('says where a license that comes from a group can be changed', async () => {
    const card = await answered('remove E3 from Joni', /keeps it: Microsoft 365 E3 comes from the group/);
    expect(await card.textContent()).toContain('Take the user out of that group');
    expect(await card.getByRole('button', { name: 'Remove', exact: true }).count()).toBe(0);
    await demo.picture('license-of-a-group', card);
  });

  it('says before a removal, and after it, what goes with the license', async () => {
    const before = await answered('remove Business Standard from Alex Wilber', 'Remove a license?');
    expect(await before.textContent()).toMatch(/The mailbox of Alex Wilber is deleted/);
    await demo.picture('remove-license', before);
    const after = await pressed('Remove a license?', 'Remove', /was taken from Alex Wilber/);
    expect(await after.textContent()).toMatch(/The mailbox of Alex Wilber is deleted/);
    await demo.picture('license-removed', after);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/domain/durations.ts';
import { PlaygroundPage } from './playground-page.ts';
import { RunningDemo } from './running-demo.ts';

const BUSINESS_STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const LOST = '5 users lost Microsoft 365 Business Standard';

let demo: RunningDemo;
let megan: PlaygroundPage;
let lee: PlaygroundPage;

/** The card in the channel, once it says this. */
async function saying(text: string | RegExp) {
  const card = megan.card(LOST).filter({ hasText: text });
  await card.waitFor({ timeout: MINUTE_MS });
  return card;
}

/** Megan opens a form on her own card, and presses the button in it. */
async function meganPresses(form: string, button: string): Promise<void> {
  await megan.press(megan.card(LOST), form);
  await megan.press(megan.card(LOST), button);
  await saying('Needs a second operator');
}

/** Lee asks for the incident in a chat of his own, sees what waits, and confirms. */
async function leeConfirms(): Promise<void> {
  await lee.say('give Rick his license back');
  const card = lee.card(/Needs a second operator/);
  await card.waitFor({ timeout: 20_000 });
  await lee.press(card, /^Confirm the (reassign|undo)$/);
  await lee.card(/being restored|restored|back/i).waitFor({ timeout: 20_000 });
}

const holds = async (upn: string, product = BUSINESS_STANDARD): Promise<boolean> =>
  (await demo.user(upn)).licenses.some(({ skuId }) => skuId === product);

beforeAll(async () => {
  demo = await RunningDemo.start(3996, 56191, '--second-approver');
  const [mine = '', his = ''] = demo.addresses;
  megan = await PlaygroundPage.open(mine, { width: 1280, height: 2400 });
  lee = await PlaygroundPage.open(his, { width: 1280, height: 1800 });
  await megan.openChannel('License alerts');
  await lee.openPersonalChat();
});

afterAll(async () => {
  await megan?.close();
  await lee?.close();
  await demo?.remove();
});

describe('two operators put the morning right', () => {
  it('shows everybody the card with the buttons that ask who presses', async () => {
    const card = await saying('Cause not known yet');
    const buttons = await card.getByRole('button').allTextContents();
    expect(buttons).toEqual(['Reassign…', 'Approve…', 'Snooze…', 'I’m on it…', 'Details']);
  });

  it('shows Megan what will happen before anything is written, and waits for a second operator', async () => {
    await megan.press(megan.card(LOST), 'Reassign…');
    await megan.press(megan.card(LOST), 'What happens for each user');
    const plan = megan.card(LOST);
    expect(await plan.textContent()).toMatch(/Assign Microsoft 365 Business Standard directly/);
    await demo.picture('restore-plan', plan);
    await megan.press(plan, 'Reassign all 5');
    const card = await saying('Needs a second operator');
    expect(await card.textContent()).toContain('Megan Bowen wants to reassign all 5 users');
    expect(await holds('rick@contoso.com')).toBe(false);
    await demo.picture('second-approval', card);
  });

  it('does not let Megan confirm her own request', async () => {
    await megan.press(megan.card(LOST), 'Confirm…');
    const withdraw = megan.card(LOST).getByRole('button', { name: 'Withdraw my request' });
    await withdraw.waitFor();
    expect(await megan.card(LOST).getByRole('button', { name: 'Confirm the reassign' }).count()).toBe(0);
  });

  it('restores when Lee confirms, and says whose license Microsoft refused and why', async () => {
    const { id } = await demo.user('zoe.mueller@contoso.com');
    await demo.fault({
      path: `/users/${id}/assignLicense`,
      times: 1,
      effect: {
        kind: 'status',
        status: 400,
        code: 'Request_BadRequest',
        message: `Subscription with SKU ${BUSINESS_STANDARD} does not have any available licenses.`,
      },
    });
    await leeConfirms();
    const card = await saying(/4 of 5 restored/);
    expect(await card.textContent()).toMatch(/no seat/i);
    expect(await holds('rick@contoso.com')).toBe(true);
    expect(await holds('zoe.mueller@contoso.com')).toBe(false);
    await demo.picture('partly-restored', card);
  });

  it('tries the rest again', async () => {
    await meganPresses('Retry…', 'Reassign');
    await leeConfirms();
    const card = await saying(/Restored: 5 users have/);
    expect(await card.textContent()).toMatch(/72 hours/);
    expect(await holds('zoe.mueller@contoso.com')).toBe(true);
    await demo.picture('restored-by-two', card);
  });

  it('takes it back again, when both say so', async () => {
    await meganPresses('Undo…', 'Undo the reassign');
    await leeConfirms();
    await expect.poll(() => holds('zoe.mueller@contoso.com'), { timeout: 30_000 }).toBe(false);
    const card = await saying(/4 of 5 restored/);
    await demo.picture('undone', card);
  });
});

describe('a license that is asked for in words', () => {
  it('waits for a second operator in the channel, and is written when she confirms', async () => {
    await lee.say('assign Visio to Rick');
    const plan = lee.card('Assign a license?');
    await plan.waitFor({ timeout: 20_000 });
    await lee.press(plan, 'Ask a second operator');
    const own = lee.card(/Waits for a second operator until/);
    await own.waitFor({ timeout: 20_000 });
    await demo.picture('words-asked', own);
    const posted = megan.card(/Lee Gu wants to assign Visio Plan 2 to 1 user/);
    await posted.waitFor({ timeout: 30_000 });
    await demo.picture('words-in-channel', posted);
    expect(await holds('rick@contoso.com', VISIO)).toBe(false);
    await megan.press(posted, 'Confirm');
    await expect.poll(() => holds('rick@contoso.com', VISIO), { timeout: 30_000 }).toBe(true);
    await megan.card('Confirmed by Megan Bowen').waitFor({ timeout: 30_000 });
    await lee.card(/Megan Bowen confirmed your request/).waitFor({ timeout: 30_000 });
  });
});

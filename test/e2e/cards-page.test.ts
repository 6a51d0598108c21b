import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CardPage } from './card-page.ts';
import { digestOf, PICTURED, picturedCard } from './pictured-cards.ts';

const FOLDER = fileURLToPath(new URL('../../docs/images/cards/', import.meta.url));
const WIDTH = 446;

let page: CardPage;
const taken: Record<string, { card: string; picture: string }> = {};
beforeAll(async () => {
  page = await CardPage.open();
});
afterAll(async () => {
  await page.close();
  if (!process.env.UPDATE_IMAGES) return;
  await writeFile(path.join(FOLDER, 'manifest.json'), `${JSON.stringify(taken, null, 2)}\n`);
});

describe('the pictures of docs/cards.md (UPDATE_IMAGES=1 takes them again)', () => {
  it.each(Object.keys(PICTURED))('%s fits its width', async (name) => {
    const card = picturedCard(name);
    const { outside, broken } = await page.show(card, 'light', WIDTH);
    expect({ outside, broken }).toEqual({ outside: [], broken: [] });
    const picture = await page.page.screenshot({ fullPage: true });
    if (!process.env.UPDATE_IMAGES) return;
    await mkdir(FOLDER, { recursive: true });
    await writeFile(path.join(FOLDER, `${name}.png`), picture);
    taken[name] = {
      card: digestOf(card),
      picture: createHash('sha256').update(picture).digest('hex').slice(0, 16),
    };
  });
});

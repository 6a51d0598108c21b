import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';

export type Theme = 'light' | 'dark';

const colour = (text: string, subtle: string) => ({ default: text, subtle });
/** The colours that Teams gives its cards, as far as ours use any. */
const THEMES: Readonly<
  Record<Theme, { background: string; emphasis: string; text: string; subtle: string }>
> = {
  light: { background: '#ffffff', emphasis: '#f5f5f5', text: '#242424', subtle: '#616161' },
  dark: { background: '#292929', emphasis: '#333333', text: '#ffffff', subtle: '#adadad' },
};

function hostConfig(theme: Theme): object {
  const { background, emphasis, text, subtle } = THEMES[theme];
  const foregroundColors = { default: colour(text, subtle), accent: colour('#6264a7', '#8b8cc7') };
  return {
    fontFamily: 'Segoe UI, sans-serif',
    supportsInteractivity: true,
    containerStyles: {
      default: { backgroundColor: background, foregroundColors },
      emphasis: { backgroundColor: emphasis, foregroundColors },
    },
    actions: { maxActions: 6, actionsOrientation: 'vertical' },
  };
}

/** Cards in Chromium as Microsoft's own renderer shows them. */
export class CardPage {
  readonly #browser: Browser;
  readonly page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(): Promise<CardPage> {
    const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    const page = await browser.newPage({ deviceScaleFactor: 1 });
    const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
    await page.setContent('<!doctype html><body style="margin:0"><main></main></body>');
    await page.addScriptTag({ content: await readFile(renderer, 'utf8') });
    return new CardPage(browser, page);
  }

  /**
   * Shows a card in place of the one before, with Teams' padding.
   * @returns texts that stick out of the card to the right, and how wide each column of a table is at least, px
   */
  async show(
    card: AdaptiveCard,
    theme: Theme,
    width: number,
  ): Promise<{ outside: string[]; narrowest: number }> {
    await this.page.setViewportSize({ width, height: 1200 });
    const told = { card, config: hostConfig(theme), background: THEMES[theme].background };
    return Shown.parse(await this.page.evaluate(`(${SHOW})(${JSON.stringify(told)})`));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/**
 * Runs in the page, where there is a document: a text, as our sources are checked for Node. Takes the card, the host
 * configuration and the background.
 */
const SHOW = `({ card, config, background }) => {
  const real = new AdaptiveCards.AdaptiveCard();
  real.hostConfig = new AdaptiveCards.HostConfig(config);
  real.parse(card);
  const main = document.querySelector('main');
  main.style.cssText = 'padding:8px;background:' + background;
  main.replaceChildren(real.render());
  const right = main.getBoundingClientRect().right;
  const outside = [...main.querySelectorAll('p, button')]
    .filter((element) => element.getBoundingClientRect().right > right + 1)
    .map((element) => element.textContent);
  const cells = [...main.querySelectorAll('[role=cell], [role=columnheader]')].map(
    (cell) => cell.getBoundingClientRect().width,
  );
  return { outside, narrowest: Math.min(...cells, 1000) };
}`;

const Shown = z.object({ outside: z.array(z.string()), narrowest: z.number() });

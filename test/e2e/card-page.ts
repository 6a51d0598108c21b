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
   * @returns texts that stick out of the card to the right, words that a line breaks where none may, and how many
   *   lines of text stand before the first button
   */
  async show(
    card: AdaptiveCard,
    theme: Theme,
    width: number,
  ): Promise<{ outside: string[]; broken: string[]; lines: number }> {
    await this.page.setViewportSize({ width, height: 1200 });
    const told = { card, config: hostConfig(theme), background: THEMES[theme].background };
    return Shown.parse(await this.page.evaluate(`(${SHOW})(${JSON.stringify(told)})`));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/**
 * Runs in the page, where there is a document: a text, as our sources are checked for Node. Of Markdown it knows bold
 * words and escaped signs. Takes the card, the host
 * configuration and the background.
 */
const SHOW = `({ card, config, background }) => {
  const escaped = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = text
      .replace(/[&<>"]/g, (sign) => escaped[sign])
      .replace(/\\*\\*(.+?)\\*\\*/g, '<b>$1</b>')
      .replace(/\\\\([\\\\*_\\[\\]()#+.!~|{}-])/g, '$1');
    result.didProcess = true;
  };
  const real = new AdaptiveCards.AdaptiveCard();
  real.hostConfig = new AdaptiveCards.HostConfig(config);
  real.parse(card);
  const main = document.querySelector('main');
  main.style.cssText = 'padding:8px;background:' + background;
  main.replaceChildren(real.render());
  const right = main.getBoundingClientRect().right;
  // Everything that may be unfolded is measured as well.
  const folded = [...main.querySelectorAll('*')].filter((one) => getComputedStyle(one).display === 'none');
  const texts = () => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.parentElement.closest('select, option') === null) found.push(walker.currentNode);
    return found;
  };
  const rectsOf = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter(({ width }) => width > 0.5);
  };
  const tops = (rects) => {
    const found = [];
    for (const { bottom, height } of rects) {
      if (!found.some((other) => Math.abs(other - bottom) < height / 2)) found.push(bottom);
    }
    return found;
  };
  const firstButton = main.querySelector('button');
  const before = texts().filter(
    (node) => firstButton === null || (firstButton.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
  );
  const lines = tops(before.flatMap((node) => rectsOf(node, 0, node.length))).length;
  // What opens below a button is a card of its own.
  const opened = [];
  JSON.stringify(card, (_key, value) => {
    if (value?.type === 'Action.ShowCard') opened.push(value.card);
    return value;
  });
  for (const inner of opened) {
    const below = new AdaptiveCards.AdaptiveCard();
    below.hostConfig = real.hostConfig;
    below.parse(inner);
    main.append(below.render());
  }
  folded.push(...[...main.querySelectorAll('*')].filter((one) => getComputedStyle(one).display === 'none'));
  for (const one of folded) one.style.display = one.tagName === 'TR' ? '' : 'block';
  const outside = [...main.querySelectorAll('button')]
    .filter((element) => element.getBoundingClientRect().right > right + 1)
    .map((element) => element.textContent);
  const broken = [];
  for (const node of texts()) {
    if (rectsOf(node, 0, node.length).some((rect) => rect.right > right + 1)) outside.push(node.data);
    // A hyphen, and where a break is marked, may end a line.
    for (const { 0: word, index } of node.data.matchAll(/[^\\s\\u200b\\u00ad-]+-?/g)) {
      if (tops(rectsOf(node, index, index + word.length)).length > 1) broken.push(word);
    }
  }
  return { outside, broken, lines };
}`;

const Shown = z.object({ outside: z.array(z.string()), broken: z.array(z.string()), lines: z.number() });

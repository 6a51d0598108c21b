import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Agents Playground in headless Chromium, as a person uses it. */
export class PlaygroundPage {
  readonly #browser: Browser;
  readonly page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(address: string, viewport = { width: 1280, height: 1600 }): Promise<PlaygroundPage> {
    const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    const page = await browser.newPage({ viewport, deviceScaleFactor: 2 });
    await page.goto(address);
    return new PlaygroundPage(browser, page);
  }

  async openChannel(name: string): Promise<void> {
    await this.page.getByText(name, { exact: true }).first().click();
  }

  async openPersonalChat(): Promise<void> {
    await this.page.getByText('Personal Chat', { exact: true }).first().click();
  }

  /** Types into the compose box and sends. */
  async say(text: string): Promise<void> {
    await this.page.getByRole('textbox').last().click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /**
   * The next card with this text that comes after what `act` does. Others may come in between: a welcome, or an answer
   * to the sentence before.
   */
  async cardAfter(act: () => Promise<void>, text: string | RegExp): Promise<Locator> {
    const cards = this.page.locator('.ac-adaptiveCard').filter({ hasText: text });
    const before = await cards.count();
    await act();
    const card = cards.nth(before);
    await card.waitFor({ timeout: 100_000 });
    return card;
  }

  /** The newest card with this text. */
  card(text: string | RegExp): Locator {
    return this.page.locator('.ac-adaptiveCard').filter({ hasText: text }).last();
  }

  press(card: Locator, button: string | RegExp): Promise<void> {
    return card.getByRole('button', { name: button, exact: true }).click();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Renders `scripts/icons/*.svg` into the two icons of the Teams app. Run it by hand after editing them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Sizes that Teams asks for, in pixels. */
const ICONS = [
  { name: 'color', size: 192 },
  { name: 'outline', size: 32 },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const { name, size } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = readFileSync(path.join(root, 'scripts/icons', `${name}.svg`), 'utf8');
    await page.setContent(`<body style="margin:0;line-height:0">${svg}</body>`);
    await page.screenshot({ path: path.join(root, 'appPackage', `${name}.png`), omitBackground: true });
    await page.close();
    console.error(`icons: appPackage/${name}.png, ${size} × ${size}`);
  }
} finally {
  await browser.close();
}

import { expect } from 'vitest';
import type { BotWithIncident, Exchange } from './bot-with-incident.ts';

/** Runs of a property begin here, so that each failure can be repeated. */
export const SEED = 20_261_123;

const CARD_LIMIT = 28 * 1024;
const STACK = /\bat [\w.<>]+ \((?:file|node):|node_modules|\.ts:\d+/;
const BROKEN = 'Something went wrong on my side';
const SLOWEST_MS = 5_000;

/** Holds what was answered, in Teams and to the request, to be short, whole and without anything private. */
export function expectSane(bot: BotWithIncident, { text, said, ms }: Exchange): void {
  expect(ms).toBeLessThan(SLOWEST_MS);
  for (const json of [text, ...said.map((activity) => JSON.stringify(activity))]) {
    expect(Buffer.byteLength(json)).toBeLessThan(CARD_LIMIT);
    expect(json).not.toMatch(STACK);
    expect(json).not.toContain(BROKEN);
    expect(json).not.toContain(bot.simulator.clientSecret);
    if (json.includes('AdaptiveCard')) expect(json).not.toContain('${');
  }
}

/** Holds the log to name no secret, and no turn that failed. */
export function expectCleanLog(bot: BotWithIncident): void {
  expect(bot.logged.join('')).not.toContain(bot.simulator.clientSecret);
  expect(bot.logged.filter((line) => /"msg":"(turn failed|request failed)/.test(line))).toEqual([]);
}

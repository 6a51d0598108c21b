import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { CAST } from './cast.ts';
import { Stage, saidTo } from './stage.ts';

const UNREAD = /cannot read your role from Microsoft 365 right now.*Try again in a minute/;
const NO_RIGHT = /not among the people|Only (operators|owners)/;

const stage = new Stage();
beforeAll(() => stage.start());
afterEach(() => stage.bot.simulator.tenant.clearFaults());
afterAll(() => stage.stop());

/** Graph says nothing about anybody; what was remembered for a minute is forgotten. */
function takeAway(status: number): void {
  for (const path of ['checkMemberGroups', 'transitiveMember', '/members']) {
    stage.bot.simulator.tenant.fault({ path, effect: { kind: 'status', status } });
  }
  stage.advance(61_000);
}

describe.each([
  ['that is down', 503],
  ['that has taken our permission', 403],
])('while Microsoft Graph is away, as one %s', (_how, status) => {
  it('somebody with a role may read, and is told why nothing can be decided', async () => {
    const { operator } = CAST;
    const { id: incidentId } = await stage.incident();
    expect(saidTo(await stage.say(operator, 'personal', 'status'))).toContain('AdaptiveCard');
    takeAway(status);
    expect(saidTo(await stage.say(operator, 'personal', 'status'))).toContain('AdaptiveCard');
    const data = { incidentId, approveReason: 'intended' };
    const stored = await stage.decidedDuring(async () => {
      for (const refused of [
        await stage.press(operator, 'channel', 'approve', data),
        await stage.say(operator, 'personal', 'scan now'),
      ]) {
        expect(saidTo(refused)).toMatch(UNREAD);
        expect(saidTo(refused)).not.toMatch(NO_RIGHT);
      }
    });
    expect(stored).toEqual([]);
  });

  it('somebody of whom nothing is known is told that, and not that they have no right', async () => {
    takeAway(status);
    for (const actor of [CAST.nobody, CAST.removed]) {
      const said = saidTo(await stage.say(actor, 'personal', 'licenses of Rick'));
      expect(said).toMatch(UNREAD);
      expect(said).not.toMatch(/AdaptiveCard|not among/);
    }
  });

  it('an hour later nobody may read either', async () => {
    takeAway(status);
    stage.advance(HOUR_MS);
    expect(saidTo(await stage.say(CAST.operator, 'personal', 'open incidents'))).toMatch(UNREAD);
  });
});

it('is back, and everybody has what they had', async () => {
  stage.advance(61_000);
  expect(saidTo(await stage.say(CAST.operator, 'personal', 'scan now'))).not.toMatch(UNREAD);
  expect(saidTo(await stage.say(CAST.nobody, 'personal', 'status'))).toMatch(NO_RIGHT);
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elementsOf } from '../../unit/teams/cards/check-card.ts';
import { CAST } from './cast.ts';
import { DEEDS } from './deeds.ts';
import { Stage, saidTo } from './stage.ts';

/** Cards as an earlier version has rendered them: they stand in channels, with the buttons that they had. */
const POSTED = fileURLToPath(new URL('../../posted-cards/5f3424e', import.meta.url));

/** What people choose and type in the forms of these cards. */
const TYPED = { approveWhy: 'leaver', ruleFor: 'no', length: '1d', about: 'incident', snoozeReason: 'Known' };

const BUTTONS = readdirSync(POSTED).flatMap((file) =>
  elementsOf(JSON.parse(readFileSync(`${POSTED}/${file}`, 'utf8'))).flatMap(({ type, title, verb, data }) =>
    type === 'Action.Execute'
      ? [{ card: file, title: String(title), verb: String(verb), data: data as Record<string, unknown> }]
      : [],
  ),
);

const stage = new Stage();
beforeAll(async () => {
  await stage.start();
  await stage.holdWrites();
});
afterAll(() => stage.stop());

/** The ids of what the button is about today: what it carries of an incident of then is replaced. */
async function today(verb: string, data: Record<string, unknown>): Promise<Record<string, unknown>> {
  const deed = DEEDS[verb];
  if (!deed) throw new Error(`no deed ${verb}`);
  const made = (await deed.prepare(stage, CAST.operator)) as Record<string, unknown>;
  const ids = Object.entries(made).filter(([field]) => /^(incident|request|decision)Id$/.test(field));
  const [first = ''] = (await stage.incident()).userIds;
  // Of another plan the card of today is shown first, which is not what is looked at here.
  return { ...TYPED, users: first, directUsers: first, ...data, plan: '', ...Object.fromEntries(ids) };
}

describe('the buttons of cards that were posted by an earlier version', () => {
  it('are of every kind', () => {
    expect(new Set(BUTTONS.map(({ verb }) => verb))).toEqual(
      new Set(['view', 'reassign', 'undo', 'confirm', 'decline', 'approve', 'snooze', 'wake']),
    );
  });

  it.each(BUTTONS)('$card: “$title” still does what it says', async ({ verb, data }) => {
    const sent = await today(verb, data);
    let told = '';
    const decided = await stage.decidedDuring(async () => {
      const exchange = await stage.press(CAST.operator, 'channel', verb, sent);
      expect(exchange.status).toBe(200);
      told = saidTo(exchange);
    });
    // Nothing can be assigned directly of what is given back as it was.
    const leaves = data.way === 'direct' ? [] : (DEEDS[verb]?.leaves ?? []);
    expect(decided.map(({ kind }) => kind)).toEqual(leaves);
    expect(told).toContain('application/vnd.microsoft.card.adaptive');
    expect(told).not.toMatch(/cannot read|don’t know|unknown/i);
  });
});

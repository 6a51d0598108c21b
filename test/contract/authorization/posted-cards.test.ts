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

  const planned = BUTTONS.filter(({ data }) => data.plan);
  it.each(planned)(
    '$card: “$title” with the plan of then shows the plan of today',
    async ({ verb, data }) => {
      const sent = { ...(await today(verb, data)), plan: data.plan };
      const decided = await stage.decidedDuring(async () => {
        const exchange = await stage.press(CAST.operator, 'channel', verb, sent);
        expect(exchange.status).toBe(200);
        const told = saidTo(exchange);
        expect(told).toMatch(/Nothing was done yet: please look at the plan and press again/);
        expect(told).toMatch(/"plan":"[0-9a-f]{64}"/);
      });
      expect(decided).toEqual([]);
    },
  );

  it('assign what the card of today shows after that', async () => {
    const deed = DEEDS['change-licenses'];
    const data = (await deed?.prepare(stage, CAST.operator)) as Record<string, unknown>;
    const press = async (plan: unknown) =>
      saidTo(await stage.press(CAST.operator, 'personal', 'change-licenses', { ...data, plan }));
    let card = '';
    expect(
      await stage.decidedDuring(async () => {
        card = await press('0123456789abcdef');
      }),
    ).toEqual([]);
    expect(card).toContain('press again');
    const [, plan] = /"plan":"([0-9a-f]{64})"/.exec(card) ?? [];
    expect(plan).toBe(data.plan);
    const decided = await stage.decidedDuring(async () => {
      await press(plan);
    });
    expect(decided.map(({ kind }) => kind)).toEqual(deed?.leaves);
  });
});

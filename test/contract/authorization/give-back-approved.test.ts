import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { elementsOf } from '../../unit/teams/cards/check-card.ts';
import type { Exchange } from '../hostile/bot-with-incident.ts';
import { CAST } from './cast.ts';
import { REFUSED, Stage, saidTo } from './stage.ts';

const { operator, reader } = CAST;

let stage: Stage;
beforeEach(async () => {
  stage = new Stage();
  await stage.start();
  await stage.holdWrites();
  const incidentId = stage.bot.incidentId;
  await stage.press(operator, 'channel', 'approve', { incidentId, approveWhy: 'leaver' });
});
afterEach(() => stage.stop());

const kinds = async () =>
  (await stage.store.decisions.byIncident(stage.bot.incidentId)).map(({ kind }) => kind);

/** The buttons of the cards that somebody was shown. */
function buttonsOf({ text, said }: Exchange): { title: string; verb: string; data: object }[] {
  const cards = said.flatMap(({ attachments = [] }) => attachments.map(({ content }) => content));
  const answered = text.startsWith('{') ? [JSON.parse(text).value] : [];
  return [...cards, ...answered].flatMap((card) =>
    elementsOf(card).flatMap(({ type, title, verb, data }) =>
      type === 'Action.Execute'
        ? [{ title: String(title), verb: String(verb), data: data as Record<string, unknown> }]
        : [],
    ),
  );
}

describe('“give it back”, said of what was approved', () => {
  it.each([
    ['at once', 0],
    ['after more days than an approval can be taken back', 3 * DAY_MS],
  ])('shows a button that works, %s', async (_name, later) => {
    stage.advance(later);
    const shown = await stage.say(operator, 'personal', 'give Rick the license back');
    expect(saidTo(shown)).toContain('This was approved. Reassign gives it back');
    const button = buttonsOf(shown).find(({ verb }) => verb === 'reassign');
    expect(button).toBeDefined();
    const pressed = await stage.press(operator, 'personal', 'reassign', button?.data ?? {});
    expect(saidTo(pressed)).not.toMatch(/already|no longer possible/);
    expect(await kinds()).toEqual(['approve', 'reopen', 'reassign']);
  });

  it('opens the form of an operator who presses it in a channel, and of nobody else', async () => {
    const data = { incidentId: stage.bot.incidentId, open: 'reassign' };
    const opened = await stage.press(operator, 'channel', 'view', data);
    expect(buttonsOf(opened).map(({ verb }) => verb)).toContain('reassign');
    expect(saidTo(await stage.press(reader, 'channel', 'view', data))).toMatch(REFUSED);
    expect(await kinds()).toEqual(['approve']);
  });

  it('offers a reader nothing to press', async () => {
    const shown = await stage.say(reader, 'personal', 'give Rick the license back');
    expect(buttonsOf(shown).filter(({ verb }) => verb === 'reassign')).toEqual([]);
  });
});

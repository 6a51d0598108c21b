import { describe, expect, it } from 'vitest';
import { type CommandText, helpCard, welcomeCard } from '../../../../src/teams/cards/welcome.ts';

const command = (index: number): CommandText => ({
  title: `Title ${index}`,
  description: `Description ${index}`,
  example: `example ${index}`,
  role: 'reader',
});
const commands = (length: number) => Array.from({ length }, (_, index) => command(index + 1));

type Element = {
  type: string;
  id?: string;
  text?: string;
  isVisible?: boolean;
  items?: Element[];
  actions?: unknown[];
};
const bodyOf = (card: { [field: string]: unknown }) => card.body as Element[];
/** The examples that a reader sees: hidden ones are left out unless they are asked for. */
const examples = (elements: readonly Element[], hidden: boolean): string[] =>
  elements.flatMap((element) => {
    if (element.isVisible === false && !hidden) return [];
    const own = element.text?.startsWith('“') ? [element.text] : [];
    return [...own, ...examples(element.items ?? [], hidden)];
  });

describe('help and welcome', () => {
  const place = { alertsIn: null, alertsHere: false, isOwned: false };

  it.each([
    ['help', (count: number) => helpCard(commands(count), 'operator')],
    ['welcome', (count: number) => welcomeCard(commands(count), place)],
  ])('%s shows five lines, and the rest by More', (_name, card) => {
    const body = bodyOf(card(12));
    expect(examples(body, false)).toEqual([1, 2, 3, 4, 5].map((index) => `“example ${index}”`));
    expect(examples(body, true)).toHaveLength(12);
    expect(body.flatMap(({ actions }) => actions ?? [])).toEqual([
      { type: 'Action.ToggleVisibility', title: 'More', targetElements: ['more'] },
    ]);
  });

  it.each([
    ['tries everything once where somebody is an owner', true, { ask: 'doctor', intent: 'doctor' }],
    ['asks for the status while nobody is, who could try everything', false, { ask: 'status' }],
  ])('Run a check %s', (_name, isOwned, asked) => {
    const actions = JSON.stringify(welcomeCard(commands(3), { ...place, isOwned }));
    const [, action = ''] = actions.split('"title":"Run a check"');
    const [data = ''] = action.split('"type":"ActionSet"');
    for (const [key, value] of Object.entries(asked)) expect(data).toContain(`"${key}":"${value}"`);
    expect(data.includes('doctor')).toBe(isOwned);
  });

  it('has no More where five lines say all', () => {
    const body = bodyOf(helpCard(commands(5), 'reader'));
    expect(examples(body, true)).toHaveLength(5);
    expect(body.flatMap(({ actions }) => actions ?? [])).toEqual([]);
    expect(body.some(({ id }) => id === 'more')).toBe(false);
  });
});

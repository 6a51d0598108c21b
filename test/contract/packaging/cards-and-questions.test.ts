import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { questionsPage } from '../../../scripts/questions-table.ts';
import { INTENTS } from '../../../src/language/facts.ts';
import { MAKERS } from '../../e2e/card-makers.ts';
import { digestOf, PICTURED, picturedCard } from '../../e2e/pictured-cards.ts';
import { projectFile } from './project-files.ts';

const Manifest = z.record(z.string(), z.object({ card: z.string() }));
const MANIFEST = Manifest.parse(JSON.parse(projectFile('docs/images/cards/manifest.json')));
const PAGE = projectFile('docs/cards.md');

describe('docs/cards.md', () => {
  it.each(Object.keys(PICTURED))(
    'shows %s as it is now (else: UPDATE_IMAGES=1 npx vitest run --project e2e test/e2e/cards-page.test.ts)',
    (name) => {
      expect(MANIFEST[name]?.card).toBe(digestOf(picturedCard(name)));
    },
  );

  it('shows no card that there is not', () => {
    expect(Object.keys(MANIFEST).toSorted()).toEqual(Object.keys(PICTURED).toSorted());
  });

  it('shows a card of each maker', () => {
    const shown = new Set(Object.values(PICTURED).map(([maker]) => maker));
    // These differ from a card that is shown by a sentence alone.
    const alike = ['forYouCard', 'undoAskingCard', 'askedToConfirmCard', 'askedOwnCard', 'endedCard'];
    const few = [
      'licensesKeptCard',
      'standingCard',
      'alertsGoCard',
      'helpCard',
      'elsewhereCard',
      'settingsChangedCard',
    ];
    expect(
      Object.keys(MAKERS).filter((maker) => !shown.has(maker) && ![...alike, ...few].includes(maker)),
    ).toEqual([]);
  });

  it('says of each button what it does', () => {
    const titles = new Set(
      Object.values(MAKERS).flatMap((kinds) => Object.values(kinds).flatMap((make) => titlesIn(make()))),
    );
    const said = [...PAGE.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name);
    const isSaid = (title: string): boolean =>
      said.some((name) => name === title || name.replace('N', '3') === title) ||
      VARYING.some((one) => one.test(title));
    expect([...titles].filter((title) => !isSaid(title))).toEqual([]);
  });
});

/** Buttons that are worded by what they are about: a question, a product, one of the readings. */
const VARYING = [
  /^Licenses of /,
  /^Who changed the license\?$/,
  /^Lost licenses$/,
  /^Reassign (the 3 that can be|selected) directly$/,
];

function titlesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(titlesIn);
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'type' in value && String(value.type).startsWith('Action.') && 'title' in value
      ? [String(value.title)]
      : [];
  return [...own, ...Object.values(value).flatMap(titlesIn)];
}

describe('docs/questions.md', () => {
  const page = projectFile('docs/questions.md');

  it('is as node scripts/questions-table.ts writes it', () => {
    expect(page).toBe(questionsPage());
  });

  it.each(Object.keys(INTENTS).filter((intent) => intent !== 'unknown'))(
    'has %s with an example',
    (intent) => {
      expect(page).toMatch(new RegExp(`^\\| \`${intent}\` \\| “.+” \\|`, 'm'));
    },
  );
});

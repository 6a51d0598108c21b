import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';
import { COMPANY } from '../../../src/simulator/scenarios/company.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { ONE_OF_EACH } from '../../unit/answers/one-of-each.ts';
import { hostileText } from '../hostile/hostile-texts.ts';

const LANGUAGE_TESTS = new URL('../../unit/language/', import.meta.url);
const Line = z.object({ text: z.string() });

/** Every sentence that the grammar is tested with: all intents, in five languages. */
const UNDERSTOOD: readonly string[] = readdirSync(LANGUAGE_TESTS)
  .filter((name) => name.endsWith('.jsonl'))
  .toSorted()
  .flatMap((name) =>
    readFileSync(new URL(name, LANGUAGE_TESTS), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => Line.parse(JSON.parse(line)).text),
  );

/** What people are called, inside and outside of any scope. */
const NAMES: readonly string[] = COMPANY.people.flatMap(({ name, given, upn }) => [
  name,
  given ?? name,
  upn,
  idOf('user', upn),
]);

const PRODUCTS = ['E3', 'E5', 'Visio', 'Business Standard', 'SPE_E3', 'LIC-E3', 'copilot', 'F3', 'Power BI'];
const WHEN = [
  '',
  'yesterday',
  'last week',
  'gestern',
  'vorige week',
  'hier',
  'la semana pasada',
  'since 2020',
];
const ABOUT = [
  'licenses of # @',
  'who changed the license of # @',
  'history of # @',
  'what did # do @',
  'audit log of # @',
  'who has % @',
  'who lost % @',
  'open incidents of #',
  'unused licenses of #',
  'license errors of #',
  'decisions about # @',
  'assign % to #',
  'put # into LIC-E3',
  'take # out of LIC-E3',
  'assign % to the group All Sales',
  'remove % from the group LIC-E3',
  'move # from % to %',
  'turn off Sway for #',
  'remove % from #',
  'give # back %',
  'mute # until tomorrow: known',
  'keep an eye on #',
  'export the licenses of # as csv @',
  'export who has %',
  'move # from % to E3 @',
  'who got % @',
  'who has no %',
  'which groups is # in',
  'service plans of # in %',
  'the licenses of everybody in # @',
  'what may # do here',
  'is % down @',
  'and #?',
  'and @?',
  'what about %',
  'Lizenzen von # @',
  'licenties van # @',
  'licences de # @',
  'licencias de # @',
  '#',
  '%',
];

/** A name as somebody types it who is in a hurry, or means no good. */
const typed = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom<(name: string) => string>(
      (name) => name,
      (name) => name,
      (name) => name.toUpperCase(),
      (name) => name.normalize('NFD'),
      (name) => name.normalize('NFD').replace(/\p{M}/gu, ''),
      (name) => name.slice(0, 3),
      (name) => `${name.slice(0, 2)}${name.slice(3)}`,
      (name) => [...name].join('\u200b'),
      (name) => [...name].reverse().join(''),
      (name) => `\u202e${name}`,
      (name) => `"${name}'; --`,
      (name) => `${name}, ${name} and ${name}`,
    ),
  )
  .map(([name, change]) => change(name));

const asked = fc
  .tuple(fc.constantFrom(...ABOUT), typed, fc.constantFrom(...PRODUCTS), fc.constantFrom(...WHEN))
  .map(([about, name, product, when]) => {
    const parts = new Map([
      ['#', name],
      ['%', product],
      ['@', when],
    ]);
    return about.replace(/[#%@]/g, (part) => parts.get(part) ?? part);
  });

const understood = fc.constantFrom(...UNDERSTOOD, ...ONE_OF_EACH);

/** A sentence with something strange somewhere inside. */
const disturbed = fc
  .tuple(fc.oneof(understood, asked), hostileText, fc.nat(), fc.nat(4))
  .map(([sentence, strange, place, cut]) => {
    const at = place % (sentence.length + 1);
    return `${sentence.slice(0, at)}${strange.slice(0, 200)}${sentence.slice(at + cut)}`;
  });

const machine = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
    '${if(true, $root, "x")} ${string($data)} ${json("{}")} ${foreach($root, x, x)}',
    '{"verb":"reassign","incidentId":"x","who":"all"}',
    "' UNION SELECT body, id FROM decisions; PRAGMA writable_schema=1; --",
    '[a](javascript:alert(1)) <b onmouseover=x> ```\n| a | b |\n|---|---|\n# h\n> q',
    '=cmd|/C calc!A0 +1 -1 @SUM(1)',
    '<at>License Watch</at> '.repeat(40),
  ),
);

/** The same again and again, to one megabyte. */
const veryLong = fc
  .tuple(fc.oneof(understood, asked, hostileText), fc.constantFrom(1_000, 1_001, 4_096, 65_536, 1_000_000))
  .map(([part, length]) => `${part} `.repeat(Math.ceil(length / (part.length + 1))).slice(0, length));

/** Just as long as is still read: the most work that a sentence can make. */
const aLot = fc
  .array(fc.oneof(asked, understood, typed), { minLength: 5, maxLength: 60 })
  .map((parts) => parts.join(' ').slice(0, 1_000));

/** Anything that somebody may say. */
export const sentence: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: understood },
  { weight: 40, arbitrary: asked },
  { weight: 15, arbitrary: disturbed },
  { weight: 12, arbitrary: hostileText },
  { weight: 4, arbitrary: machine },
  { weight: 5, arbitrary: aLot },
  { weight: 1, arbitrary: veryLong },
);

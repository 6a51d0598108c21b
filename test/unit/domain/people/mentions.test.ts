import { describe, expect, it } from 'vitest';
import { mentionsOf } from '../../../../src/domain/people/mentions.ts';
import { namesOfText, type PersonNames, pseudonymOf } from '../../../../src/domain/people/names.ts';

const PSEUDONYM = pseudonymOf('0123456789ab');
const ID = '5c0ffee5-1111-4222-8333-444455556666';
const NAMES: PersonNames = {
  id: ID,
  addresses: ["lee.o'hara@contoso.com", 'lee@contoso.com', 'lee_fabrikam.com#ext#@contoso.onmicrosoft.com'],
  written: ['Lee O’Hara', 'Zoë Müller'],
  chats: ['a:1lee-chat'],
};
const lee = mentionsOf(NAMES, PSEUDONYM);

describe('what names a person', () => {
  it.each([
    ['their id', `{"id":"${ID}"}`],
    ['their id in capital letters', ID.toUpperCase()],
    ['their id beside other signs', `User_${ID}`],
    [
      'their id without dashes, as before the address of a deleted account',
      `${ID.replaceAll('-', '')}lee@contoso.com`,
    ],
    ['their address', 'lee@contoso.com'],
    ['it in capital letters, at the end of a sentence', 'Ask LEE@Contoso.com.'],
    ['it in quotes', "'lee@contoso.com'"],
    ['it as mail', 'SMTP:lee@contoso.com;x'],
    ['it in a URL', 'https://x/?u=lee%40contoso.com&a=1'],
    ['it after an escaped line break', '{"a":"to\\nlee@contoso.com"}'],
    ['an apostrophe as .NET writes it', '{"a":"lee.o\\u0027hara@contoso.com"}'],
    ['JSON in JSON', '{"a":"{\\"u\\":\\"lee@contoso.com\\"}"}'],
    ['a guest', 'lee_fabrikam.com#EXT#@contoso.onmicrosoft.com'],
    ['their OneDrive', 'https://contoso-my.sharepoint.com/personal/lee_contoso_com/Documents'],
    ['their chat', '{"key":"a:1lee-chat"}'],
    ['their name', 'Zoë Müller lost Visio'],
  ])('%s', (_, text) => {
    expect(lee.in(text)).toBe(true);
    expect(lee.in(lee.replaced(text))).toBe(false);
  });

  it.each([
    ['a longer address', 'ashlee@contoso.com'],
    ['an address with a part before a dot', 'my.lee@contoso.com'],
    ['an apostrophe within another address', "o'lee@contoso.com"],
    ['a longer domain', 'lee@contoso.com.au'],
    ['another domain', 'lee@contoso.community'],
    ['an id that goes on', `${ID}0`],
    ['another OneDrive', '/personal/lee_contoso_community/Documents'],
    ['a part of the name', 'Lee'],
    ['a longer name', 'Zoë Müllerin'],
  ])('is not %s', (_, text) => {
    expect(lee.in(text)).toBe(false);
    expect(lee.replaced(text)).toBe(text);
  });

  it('a display name is not sure, as another may have it', () => {
    expect(lee.surelyIn('Zoë Müller')).toBe(false);
    expect(lee.surelyIn('lee@contoso.com')).toBe(true);
  });
});

describe('a text with the pseudonym', () => {
  it('stays JSON, in keys and in JSON within it, and keeps its words', () => {
    const text = JSON.stringify({
      kind: 'user',
      [ID]: 1,
      raw: JSON.stringify({ u: 'lee@contoso.com' }),
      name: 'zoë  müller',
      list: [ID, null, 2, true],
    });
    expect(JSON.parse(lee.replaced(text))).toEqual({
      kind: 'user',
      [PSEUDONYM.id]: 1,
      raw: JSON.stringify({ u: PSEUDONYM.address }),
      name: PSEUDONYM.written,
      list: [PSEUDONYM.id, null, 2, true],
    });
  });

  it('stays to the letter where it names somebody else', () => {
    const text = '{ "a": 1.0, "b": "x" }';
    expect(lee.replaced(text)).toBe(text);
  });
});

describe('what a search looks for first', () => {
  it('has a piece of each name', () => {
    expect(lee.probes).toEqual(expect.arrayContaining([ID, 'hara', 'lee', 'fabrikam']));
  });
  it('is everything where a name is too short for a piece', () => {
    expect(
      mentionsOf({ id: null, addresses: ['jo@contoso.com'], written: [], chats: [] }, PSEUDONYM).probes,
    ).toBeNull();
  });
});

it.each([
  [ID.toUpperCase(), { id: ID, addresses: [] }],
  [' Lee@Contoso.com ', { id: null, addresses: ['lee@contoso.com'] }],
])('%s is an id or an address', (text, names) => {
  expect(namesOfText(text)).toMatchObject(names);
});
it('a first name is neither', () => {
  expect(namesOfText('Lee')).toBeNull();
});

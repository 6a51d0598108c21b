import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { anEnvironment } from '../../builders/environment.ts';

const USER_ID = '55555555-AAAA-4bbb-8ccc-666666666666';
const TAG_ID = 'MjQzMmI1N2ItMGFiZC00M2RiLWFhN2ItMTZlYWRkMTE1ZDM0IyNlYzY5NQ==';
const load = (settings: Environment) => loadConfig(anEnvironment(settings));

describe('who is on call', () => {
  it.each([
    { text: `user:${USER_ID}`, onCall: { kind: 'user', id: USER_ID.toLowerCase() } },
    { text: 'user:Adele.Vance@contoso.com', onCall: { kind: 'user', id: 'adele.vance@contoso.com' } },
    { text: `tag: ${TAG_ID}`, onCall: { kind: 'tag', id: TAG_ID } },
  ])('is read from $text', ({ text, onCall }) => {
    const loaded = load({ ON_CALL: text, ON_CALL_NAME: 'On call' });
    expect(loaded.ok && loaded.config.onCall).toEqual({ ...onCall, name: 'On call' });
  });

  it.each(['Adele Vance', 'user:', 'user:adele', 'team:contoso', USER_ID])(
    'is not guessed from %s',
    (text) => {
      const loaded = load({ ON_CALL: text, ON_CALL_NAME: 'On call' });
      expect(loaded.ok ? [] : loaded.problems).toEqual([expect.stringContaining('Set ON_CALL to user:<')]);
    },
  );

  it.each([{ ON_CALL: `user:${USER_ID}` }, { ON_CALL_NAME: 'On call' }])(
    'needs both the id and the name, not %o alone',
    (settings) => {
      const loaded = load(settings);
      expect(loaded.ok ? [] : loaded.problems).toEqual([
        'Set both ON_CALL and ON_CALL_NAME, or neither: a card needs a name to call by.',
      ]);
    },
  );
});

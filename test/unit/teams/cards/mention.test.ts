import { describe, expect, it } from 'vitest';
import { mentionParts } from '../../../../src/teams/cards/mention.ts';

describe('a mention', () => {
  it('of a person is text between marks and an entity with the same text', () => {
    expect(mentionParts({ kind: 'user', id: 'jo@contoso.com', name: 'Jo Smith' }, 'please look.')).toEqual({
      line: '<at>Jo Smith</at>, please look.',
      entities: [
        {
          type: 'mention',
          text: '<at>Jo Smith</at>',
          mentioned: { id: 'jo@contoso.com', name: 'Jo Smith' },
        },
      ],
    });
  });

  it('of a tag says that it is one', () => {
    expect(mentionParts({ kind: 'tag', id: 'VGFn', name: 'On call' }, 'x').entities).toEqual([
      { type: 'mention', text: '<at>On call</at>', mentioned: { id: 'VGFn', name: 'On call', type: 'tag' } },
    ]);
  });

  it('of nobody is nothing', () => {
    expect(mentionParts(null, 'x')).toEqual({ line: '', entities: [] });
  });

  it.each([
    '</at>[x](http://evil)',
    '*bold* `code`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
    '${secret} {{DATE(1)}}',
    '<at>Other</at>',
  ])('cannot be made something else by a name: %s', (name) => {
    const { line, entities } = mentionParts({ kind: 'user', id: 'id', name }, 'x');
    const text = (entities[0] as { text: string }).text;
    expect(line.startsWith(text), 'Teams finds the entity by its text').toBe(true);
    const inside = text.slice('<at>'.length, -'</at>'.length);
    expect(inside).not.toMatch(/[<>*`[\]]|\$\{|\{\{|:\/\//);
  });
});

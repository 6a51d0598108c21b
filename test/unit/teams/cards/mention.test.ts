import { describe, expect, it } from 'vitest';
import type { Mention } from '../../../../src/domain/ports.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import { mentionParts } from '../../../../src/teams/cards/mention.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';

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

describe('the card of an incident with somebody on the watch list', () => {
  const lineOn = (over: { watched: boolean; mention?: Mention }): string => {
    const view = anIncidentView({ watched: over.watched });
    const times = timesIn(null, 'UTC');
    const card = incidentCard({
      view,
      viewer: null,
      times,
      key: null,
      notice: null,
      mention: over.mention ?? null,
    });
    return /[^"]*on the watch list[^"]*/.exec(JSON.stringify(card.body))?.[0] ?? '';
  };

  it('calls whoever is on call, and says why also on an edit, which calls nobody', () => {
    const mention: Mention = { kind: 'user', id: 'jo', name: 'Jo' };
    expect(lineOn({ watched: true, mention })).toBe('<at>Jo</at>, somebody on the watch list is affected.');
    expect(lineOn({ watched: true })).toBe('Somebody on the watch list is affected.');
    expect(lineOn({ watched: false })).toBe('');
  });
});

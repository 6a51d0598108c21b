import { describe, expect, it } from 'vitest';
import { answerText } from '../../../src/cli/answer-text.ts';
import { pieces } from '../../../src/cli/terminal-width.ts';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident/incident-view.ts';

const STYLE = { width: 60, colour: false, timeZone: 'UTC', now: Date.parse('2026-11-23T10:30:00Z') };
const plainAnswer = (fields: Parameters<typeof anAnswer>[0]) =>
  answerText(
    anAnswer({ lead: 'Here.', blocks: [], completeUntil: null, next: [], request: null, ...fields }),
    STYLE,
  );

describe('an answer in a terminal', () => {
  it('aligns the columns of a table and counts hidden rows', () => {
    const table = {
      kind: 'table' as const,
      columns: ['User', 'Free'],
      rows: [
        ['Zoë', '1'],
        ['Lee Gu', '20'],
      ],
      hiddenRows: 3,
    };
    expect(plainAnswer({ blocks: [table] }).split('\n')).toEqual([
      'Here.',
      '',
      'User    Free',
      '──────  ────',
      'Zoë     1',
      'Lee Gu  20',
      '… and 3 more',
    ]);
  });

  it('aligns names in any script by the columns they take', () => {
    const table = {
      kind: 'table' as const,
      columns: ['User', 'Free'],
      rows: [
        ['张伟', '1'],
        ['Zoe\u0308 👩', '2'],
        ['Lee Gu', '20'],
      ],
      hiddenRows: 0,
    };
    expect(
      plainAnswer({ blocks: [table] })
        .split('\n')
        .slice(2),
    ).toEqual(['User    Free', '──────  ────', '张伟    1', 'Zoe\u0308 👩  2', 'Lee Gu  20']);
  });

  it('cuts a word that is wider than the line by columns, and no letter in two', () => {
    expect(pieces('张伟张伟', 5)).toEqual(['张伟', '张伟']);
    expect(pieces('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301']);
    expect(pieces('abcdef', 4)).toEqual(['abcd', 'ef']);
    expect(pieces('张伟', 1)).toEqual(['张', '伟']);
  });

  it('wraps long cells and sentences to the width', () => {
    const long = 'word '.repeat(60).trim();
    const table = {
      kind: 'table' as const,
      columns: ['A', 'B'],
      rows: [[long, 'x'.repeat(200)]],
      hiddenRows: 0,
    };
    const out = plainAnswer({ lead: long, blocks: [table, { kind: 'text', text: long }] });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('tells a timeline, facts, choices and what may be asked next', () => {
    const out = plainAnswer({
      blocks: [
        {
          kind: 'timeline',
          entries: [{ at: Date.parse('2025-11-20T08:00:00Z'), what: 'Lost E3', detail: 'By Ines.' }],
          hiddenEntries: 0,
        },
        { kind: 'facts', facts: [{ label: 'How sure', value: 'Likely' }] },
        {
          kind: 'choices',
          choices: [{ label: 'Chris Green', detail: 'chris@x', ask: 'history of chris@x' }],
        },
      ],
      completeUntil: 'State read 23 Nov 10:25.',
      next: ['status'],
    });
    expect(out).toContain('20 Nov 2025 08:00  Lost E3\n                   By Ines.');
    expect(out).toContain('How sure: Likely');
    expect(out).toContain('  Chris Green (chris@x): ask “history of chris@x”');
    expect(out).toMatch(/State read 23 Nov 10:25\.\n\nAsk next:\n {2}status$/);
  });

  it('says where an incident’s buttons are', () => {
    const shown = (posted: { in: string; at: number } | null) =>
      plainAnswer({ request: { kind: 'show-incident', incident: anIncidentView({ posted }) } });
    expect(shown({ in: 'License alerts', at: 0 })).toContain('on the card in License alerts');
    expect(shown(null)).toContain('No card of it stands in Teams');
    expect(shown(null)).not.toContain('buttons are on');
  });

  it('prints nothing that would steer the terminal', () => {
    const out = plainAnswer({
      lead: 'Rick\u001b[31m\u0007\u202eevil',
      blocks: [{ kind: 'text', text: 'a\r\nb' }],
    });
    for (const steering of ['\u001b', '\u0007', '\u202e', '\r']) expect(out).not.toContain(steering);
  });

  it('is bold at the top only where colours are wanted', () => {
    expect(answerText(anAnswer({ lead: 'Here.' }), { ...STYLE, colour: true })).toContain(
      '\u001b[1mHere.\u001b[22m',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { deedsIn, kindsOf } from '../../../src/language/details/decision-kinds.ts';
import { splitReason } from '../../../src/language/details/reason.ts';
import { ruleNumberIn, withoutRuleNumber } from '../../../src/language/details/rule-number.ts';

describe('the reason at the end of a sentence', () => {
  it.each([
    ['snooze E3 until Friday: known migration', 'snooze E3 until Friday', 'known migration'],
    ['snooze E3 until Friday - known migration.', 'snooze E3 until Friday', 'known migration'],
    ['snooze E3 until Friday — known: migration', 'snooze E3 until Friday', 'known: migration'],
    ['snooze Adele for 2 days because she is on leave', 'snooze Adele for 2 days', 'she is on leave'],
    ['snooze Adele bis Freitag, weil sie Urlaub hat', 'snooze Adele bis Freitag', 'sie Urlaub hat'],
    ['snooze E3 until 14:30', 'snooze E3 until 14:30', null],
    ['snooze LIC-M365-E5 for a day', 'snooze LIC-M365-E5 for a day', null],
    ['snooze E3 until Friday: ', 'snooze E3 until Friday: ', null],
    [': nothing before', ': nothing before', null],
    ['', '', null],
  ])('of %j', (sentence, said, reason) => {
    expect(splitReason(sentence)).toEqual({ said, reason });
  });
});

describe('the number of a rule', () => {
  it.each([
    ['end rule 2', 2],
    ['end rule #12', 12],
    ['end rule no. 3 now', 3],
    ['beende Regel 4', 4],
    ['end the rule', null],
    ['end rule 2a', null],
    ['overrule 2', null],
  ])('in %j', (sentence, number) => {
    expect(ruleNumberIn(sentence)).toBe(number);
  });

  it('is no part of a time', () => {
    expect(withoutRuleNumber('extend rule 2 until 5 March')).toBe('extend rule   until 5 March');
  });
});

describe('the kinds of decision that a sentence asks about', () => {
  it.each([
    ['show the decision log', null],
    ['who approved what', ['approve', 'confirm']],
    ['what was snoozed', ['snooze', 'wake']],
    ['who undid it', ['undo']],
  ])('%s', (sentence, kinds) => {
    expect(kindsOf(deedsIn(sentence))).toEqual(kinds);
  });
});

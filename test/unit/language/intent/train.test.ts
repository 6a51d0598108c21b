import { describe, expect, it } from 'vitest';
import { createIntentModel } from '../../../../src/language/intent/model.ts';
import { type Example, trainIntents } from '../../../../src/language/intent/train.ts';

const examples = (): Example[] =>
  ['one', 'two', 'three', 'four'].flatMap((word): Example[] => [
    { features: ['who', 'lost', word], intent: 'lost-licenses' },
    { features: ['who', 'got', word], intent: 'gained-licenses' },
    { features: ['thanks', word], intent: 'small-talk' },
  ]);

describe('the trained model', () => {
  const weights = trainIntents(examples(), 'digest');
  const model = createIntentModel(weights);

  it('is the same for the same sentences', () => {
    expect(trainIntents(examples(), 'digest')).toEqual(weights);
  });

  it.each([
    [['who', 'lost', 'five'], 'lost-licenses'],
    [['who', 'got'], 'gained-licenses'],
    [['thanks'], 'small-talk'],
  ] as const)('reads %j as %s', (features, intent) => {
    expect(model.rank(features)[0]?.intent).toBe(intent);
  });

  it('gives every intent a probability, which are one together', () => {
    const ranked = model.rank(['who', 'got']);
    expect(ranked.map(({ intent }) => intent).sort()).toEqual([
      'gained-licenses',
      'lost-licenses',
      'small-talk',
    ]);
    expect(ranked.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
  });

  it('is of no opinion on what it never saw', () => {
    const [best, second] = model.rank(['weather']);
    expect(best?.probability).toBeCloseTo(second?.probability ?? 0);
  });

  it('says what speaks for an intent, the strongest first', () => {
    const [strongest] = model.evidence(['who', 'lost', 'one'], 'lost-licenses');
    expect(strongest?.feature).toBe('lost');
    expect(strongest?.weight).toBeGreaterThan(0);
  });

  it('knows the words that it learned from, and no others', () => {
    expect(model.knows('lost')).toBe(true);
    expect(model.knows('weather')).toBe(false);
  });
});

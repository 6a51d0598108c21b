import path from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { createDetector } from '../../../../../src/domain/detection/evaluate.ts';
import { viewOf } from '../../../../../src/domain/detection/records/view-of.ts';
import { readRules } from '../../../../../src/rule-files/read-rules.ts';
import { AUDIT_LOGS, M365, NOT_CARRIED, SIGN_IN_LOGS } from './records.ts';

/** A checkout of SigmaHQ's rules; they are under their own licence, so that they are no part of the project. */
const CHECKOUT = process.env.SIGMA_RULES;

const nameOf = (file: string): string => path.basename(file, '.yml');

describe.runIf(CHECKOUT)('the rules of SigmaHQ', async () => {
  const ruleSet = await readRules([CHECKOUT ?? '']);
  const detector = createDetector(ruleSet, viewOf);
  const nameOfRule = new Map(ruleSet.events.map(({ id, file }) => [id, nameOf(file)]));
  const firedBy = (record: object): (string | undefined)[] => {
    const text = JSON.stringify(record);
    const view = viewOf(text);
    return detector.matchesOf(text, view?.operation ?? '').map(({ ruleId }) => nameOfRule.get(ruleId));
  };

  test('are all loaded, or say why they cannot work', () => {
    expect(ruleSet.problems.filter(({ severity }) => severity === 'refused')).toEqual([]);
    expect(ruleSet.events).toHaveLength(109);
    const inert = ruleSet.events.filter(({ inert }) => inert !== null);
    expect(inert).toHaveLength(ruleSet.problems.length);
    expect(
      inert
        .filter(({ inert }) => !/(riskdetection|pim) is not collected/.test(inert ?? ''))
        .map(({ file }) => nameOf(file))
        .sort(),
    ).toEqual(NOT_CARRIED.toSorted());
  });

  test.each(Object.entries({ ...AUDIT_LOGS, ...M365, ...SIGN_IN_LOGS }))(
    '%s fires on its record',
    (name, record) => {
      expect(firedBy(record)).toContain(name);
    },
  );
});

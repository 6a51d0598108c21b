import { expect, test } from 'vitest';
import { noteRules, RULES_READ, rulesTrouble } from '../../../../src/jobs/detect/note-rules.ts';
import { rulesOf } from '../../../builders/detection/rules.ts';
import { aJobWorld } from '../../../builders/jobs/job-context.ts';

const GOOD =
  'title: A\nid: a\nlogsource: { product: m365 }\ndetection: { s: { Operation: x }, condition: s }\n';
const BROKEN = GOOD.replace('condition: s', 'condition: t').replace('id: a', 'id: b');

const detectorOf = (yaml: string) => {
  const ruleSet = rulesOf(yaml);
  return { ruleSet, matchesOf: () => [], matchesIn: () => [] };
};

test('a rule that is refused is noted with its file and line, until it is put right', async () => {
  const { context } = await aJobWorld();
  await noteRules({ ...context, detector: detectorOf(`${GOOD}---\n${BROKEN}`) });
  expect(await context.store.jobs.last(RULES_READ)).toMatchObject({
    ok: false,
    detail: expect.stringMatching(
      /^A file of detections is refused, and the others go on\. rules\.yml line 9: /,
    ),
  });
  await noteRules({ ...context, detector: detectorOf(GOOD) });
  expect(await context.store.jobs.last(RULES_READ)).toMatchObject({ ok: true, detail: null });
});

test('three are named, the others counted; what cannot work here is no trouble', () => {
  const many = Array.from({ length: 5 }, (_, number) => BROKEN.replace('id: b', `id: b${number}`));
  expect(rulesTrouble(rulesOf(many.join('---\n')).problems)).toMatch(
    /^5 detections are refused.* … and 2 more\.$/s,
  );
  expect(rulesTrouble(rulesOf(GOOD.replace('m365', 'windows')).problems)).toBeNull();
});

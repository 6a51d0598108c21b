import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/domain/detection/evaluate.ts';
import { readRules } from '../../../src/rule-files/read-rules.ts';
import { createRuleSource } from '../../../src/rule-files/rule-source.ts';
import { aRuleAround, rulesOf } from '../../builders/detection/rules.ts';

const GOOD = aRuleAround('selection:\n  Operation: Add user\ncondition: selection');

const said = (yaml: string): string[] =>
  rulesOf(yaml).problems.map(({ line, severity, message }) => `${line} ${severity} ${message}`);

describe('a rule that is broken is refused with its line', () => {
  it.each<[name: string, yaml: string, line: number, says: string]>([
    ['no YAML', 'title: x\ndetection: [', 2, 'It is no YAML'],
    ['a key twice', 'title: x\ntitle: y\ndetection: {}', 2, 'It is no YAML'],
    ['no rule', 'color: red', 1, 'It is no Sigma rule'],
    ['a text', 'just words', 1, 'It is no Sigma rule'],
    ['no title', GOOD.replace('title: A rule\n', ''), 1, 'title'],
    ['an unknown level', GOOD.replace('medium', 'extreme'), 4, 'level'],
    ['an unknown class', `${GOOD}class: boats\n`, 9, 'class'],
    ['no condition', GOOD.replace('condition: selection', 'other: x'), 5, 'condition'],
    ['a selection that is not there', GOOD.replace('condition: selection', 'condition: sel'), 8, '“sel”'],
    [
      'a pattern of names without any',
      GOOD.replace('condition: selection', 'condition: 1 of x_*'),
      8,
      '“x_*”',
    ],
    [
      'more than there are',
      GOOD.replace('condition: selection', 'condition: 3 of selection*'),
      8,
      'asks for 3',
    ],
    ['an open parenthesis', GOOD.replace('condition: selection', 'condition: (selection'), 8, 'lacks a “)”'],
    [
      'a condition that ends early',
      GOOD.replace('condition: selection', 'condition: selection and'),
      8,
      'ends too early',
    ],
    [
      'two names beside each other',
      GOOD.replace('condition: selection', 'condition: selection selection'),
      8,
      'cannot be read at',
    ],
    [
      'counting of old',
      GOOD.replace('condition: selection', 'condition: selection | count() > 5'),
      8,
      'write a correlation',
    ],
    ['an empty selection', GOOD.replace('\n    Operation: Add user', ' {}'), 6, 'empty'],
    ['an empty list', GOOD.replace('Operation: Add user', 'Operation: []'), 7, 'empty list'],
    [
      'a map as a value',
      GOOD.replace('Operation: Add user', 'Operation: { a: b }'),
      6,
      'a selection is a map of fields',
    ],
    ['look-ahead', GOOD.replace('Operation: Add user', "Operation|re: '(?=a)b'"), 7, 'linear time'],
    ['look-behind', GOOD.replace('Operation: Add user', "Operation|re: '(?<!a)b'"), 7, 'linear time'],
    [
      'a reference to a group',
      GOOD.replace('Operation: Add user', String.raw`Operation|re: '(a)\1'`),
      7,
      'linear time',
    ],
    [
      'a regular expression that is cut',
      GOOD.replace('Operation: Add user', "Operation|re: '(a'"),
      7,
      'linear time',
    ],
    [
      'a very long one',
      GOOD.replace('Operation: Add user', `Operation|re: '${'a'.repeat(2001)}'`),
      7,
      '2,000 are the limit',
    ],
    [
      'a network that is none',
      GOOD.replace('Operation: Add user', 'ClientIP|cidr: 10.0.0.0/33'),
      7,
      'no network',
    ],
    ['exists with a text', GOOD.replace('Operation: Add user', 'Name|exists: maybe'), 7, 'true or false'],
    ['a number that is none', GOOD.replace('Operation: Add user', 'Name|gt: many'), 7, 'no number'],
    ['modifiers that contradict', GOOD.replace('Operation: Add user', 'Name|re|cidr: x'), 7, 'contradict'],
  ])('%s', (_, yaml, line, says) => {
    const [first, ...others] = said(yaml);
    expect(others).toEqual([]);
    expect(first).toMatch(new RegExp(`^${line} refused `));
    expect(first).toContain(says);
  });

  it('counts the lines of a file with several rules', () => {
    const [problem] = said(
      `${GOOD}---\n${GOOD.replace('id: a-rule', 'id: b').replace('condition: s', 'condition: x')}`,
    );
    expect(problem).toMatch(/^17 refused .*“xelection”/);
  });
});

describe('a rule that cannot work here is loaded with a warning', () => {
  it.each<[name: string, yaml: string, line: number, says: string]>([
    [
      'an unknown modifier',
      GOOD.replace('Operation:', 'Operation|sounds_like:'),
      7,
      '“sounds_like” is not known',
    ],
    [
      'a log that is not collected',
      GOOD.replace('product: m365, service: audit', 'product: windows, service: security'),
      3,
      'windows/security is not collected',
    ],
    [
      'no values for a placeholder',
      GOOD.replace('Operation: Add user', "UserId|expand: '%admins%'"),
      7,
      '%admins%',
    ],
    [
      'a field of another log',
      GOOD.replace('product: m365, service: audit', 'product: azure, service: signinlogs').replace(
        'Operation:',
        'RiskState:',
      ),
      7,
      'RiskState is only in the sign-in log',
    ],
  ])('%s', (_, yaml, line, says) => {
    const set = rulesOf(yaml);
    expect(set.events).toMatchObject([{ id: 'a-rule', inert: expect.stringContaining(says) }]);
    expect(said(yaml)).toEqual([expect.stringMatching(new RegExp(`^${line} warning `))]);
  });
});

describe('a correlation', () => {
  const counting = (lines: string): string => `${GOOD}---\ntitle: Many\nid: many\ncorrelation:\n${lines}`;
  it.each<[name: string, lines: string, says: string]>([
    [
      'of a rule that is not there',
      '  type: event_count\n  rules: [nowhere]\n  timespan: 10m\n  condition: { gte: 3 }',
      '14 refused There is no rule “nowhere”',
    ],
    [
      'without a number',
      '  type: event_count\n  rules: [a-rule]\n  timespan: 10m',
      '12 refused The correlation does not say how many',
    ],
    [
      'without a field to count',
      '  type: value_count\n  rules: [a-rule]\n  timespan: 10m\n  condition: { gte: 3 }',
      '16 refused A value_count names the field',
    ],
    [
      'with a time that is none',
      '  type: event_count\n  rules: [a-rule]\n  timespan: soon\n  condition: { gte: 3 }',
      '15 refused The timespan “soon”',
    ],
    [
      'that counts itself',
      '  type: event_count\n  rules: [many]\n  timespan: 10m\n  condition: { gte: 3 }',
      '14 refused The correlation counts itself',
    ],
    [
      'of a kind that there is not',
      '  type: sometimes\n  rules: [a-rule]\n  timespan: 10m',
      '13 refused correlation.type',
    ],
    [
      'that asks for few',
      '  type: event_count\n  rules: [a-rule]\n  timespan: 10m\n  condition: { lt: 3 }',
      '12 warning It asks for fewer',
    ],
    [
      'with an alias for nothing',
      '  type: event_count\n  rules: [a-rule]\n  timespan: 10m\n  condition: { gte: 3 }\n  aliases: { who: { a-rule: UserId } }',
      '17 refused The alias “who”',
    ],
  ])('%s is said to be so', (_, lines, says) => {
    expect(said(counting(lines))).toEqual([expect.stringContaining(says)]);
  });

  it('that counts rules which cannot work cannot work either', () => {
    const inert = counting(
      '  type: event_count\n  rules: [a-rule]\n  timespan: 10m\n  condition: { gte: 3 }',
    ).replace('Operation:', 'Operation|sounds_like:');
    expect(rulesOf(inert).correlations).toMatchObject([{ inert: expect.stringContaining('A rule') }]);
  });
});

describe('what was made to slow us down is bounded', () => {
  it('a bomb of aliases is refused', () => {
    const levels = Array.from({ length: 30 }, (_, index) =>
      index === 0 ? 'a0: &a0 [x, x]' : `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`,
    );
    expect(said(`${levels.join('\n')}\ntitle: x\ndetection: { s: { A: 1 }, condition: s }`)).toEqual([
      expect.stringContaining('refused It cannot be read'),
    ]);
  });

  it('ten thousand selections are refused', () => {
    const selections = Array.from(
      { length: 10_000 },
      (_, index) => `s${index}: { Operation: Add user ${index} }`,
    );
    expect(said(aRuleAround(`${selections.join('\n')}\ncondition: 1 of them`))).toEqual([
      expect.stringContaining('10,000 selections; 1,000 are the limit'),
    ]);
  });

  it('a million parentheses are refused', () => {
    const condition = (many: number) => `${'('.repeat(many)}selection${')'.repeat(many)}`;
    const rule = (many: number) => GOOD.replace('condition: selection', `condition: ${condition(many)}`);
    expect(said(rule(150))).toEqual([]);
    expect(said(rule(1000))).toEqual([expect.stringContaining('parentheses within each other')]);
    expect(said(rule(1_000_000))).toEqual([expect.stringContaining('20,000 are the limit')]);
  });
});

describe('folders of rules', () => {
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const put = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), text);
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rules-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are read with the folders in them, whatever lies beside the rules', async () => {
    await put('ours/roles/one.yml', GOOD);
    await put('ours/roles/one.fires.ndjson', '{}');
    await put('ours/deep/er/two.yaml', GOOD.replace('id: a-rule', 'id: two'));
    await put('ours/.git/three.yml', 'nonsense: [');
    await symlink(at('ours'), at('ours/loop'));
    const set = await readRules([at('ours')]);
    expect(set.problems).toEqual([]);
    expect(set.events.map(({ id }) => id).sort()).toEqual(['a-rule', 'two']);
  });

  it('that are not there are said to be so, and the others go on', async () => {
    await put('ours/one.yml', GOOD);
    const set = await readRules([at('ours'), at('nowhere')]);
    expect(set.events).toHaveLength(1);
    expect(set.problems).toMatchObject([
      { file: at('nowhere'), severity: 'refused', message: expect.stringContaining('ENOENT') },
    ]);
  });

  it('a rule of the admin replaces ours with its id; twice in one folder is refused', async () => {
    await put('ours/one.yml', GOOD);
    await put('theirs/one.yml', GOOD.replace('medium', 'high'));
    await put('theirs/two.yml', GOOD);
    const set = await readRules([at('ours'), at('theirs')]);
    expect(set.events).toMatchObject([{ level: 'high', file: at('theirs/one.yml') }]);
    expect(set.problems).toMatchObject([{ file: at('theirs/two.yml'), line: 2, severity: 'refused' }]);
  });

  it('a rule without an id is called by its name, or by its file', async () => {
    const nameless = GOOD.replace('id: a-rule\n', '');
    await put('ours/one.yml', `${nameless}---\n${nameless}---\nname: called\n${nameless}`);
    const set = await readRules([at('ours')]);
    expect(set.events.map(({ id }) => path.basename(id))).toEqual(['one.yml', 'one.yml#2', 'called']);
  });

  it('values.yml at the top gives placeholders their values', async () => {
    await put('ours/values.yml', 'admins: [greta, hugo]\n');
    await put('ours/one.yml', GOOD.replace('Operation: Add user', "UserId|expand: '%admins%'"));
    expect((await readRules([at('ours')])).problems).toEqual([]);
    await put('more.yml', 'admins: 7');
    expect((await readRules([at('ours')], at('more.yml'))).problems).toEqual([]);
    await put('more.yml', 'admins: { a: b }');
    expect((await readRules([at('ours')], at('more.yml'))).problems).toMatchObject([
      { line: 1, severity: 'refused' },
    ]);
  });

  it('a file that is too large is refused unread', async () => {
    await put('ours/one.yml', `${GOOD}# ${'x'.repeat(1024 * 1024)}`);
    await put('ours/two.yml', GOOD);
    const set = await readRules([at('ours')]);
    expect(set.events).toHaveLength(1);
    expect(set.problems).toMatchObject([{ message: 'The file is larger than 256 KB.' }]);
  });

  describe('that change', () => {
    const logged: string[] = [];
    let now = 0;
    const source = () =>
      createRuleSource({
        folders: [at('ours')],
        valuesFile: null,
        makeDetector: (ruleSet) => createDetector(ruleSet, () => null),
        now: () => now,
        log: {
          info: (_, message) => void logged.push(message),
          warn: (_, message) => void logged.push(message),
        },
      });
    const levels = ({ detector }: Awaited<ReturnType<typeof source>>) =>
      detector.ruleSet.events.map(({ level }) => level);

    it('are read again, and a file that has become broken is refused', async () => {
      await put('ours/one.yml', GOOD);
      await put('ours/two.yml', GOOD.replace('id: a-rule', 'id: two'));
      const rules = await source();
      now += 10_000;
      await rules.look();
      expect(logged.splice(0)).toEqual(['detections were read']);

      await put('ours/one.yml', GOOD.replace('medium', 'critical'));
      now += 10_000;
      await rules.look();
      expect(levels(rules)).toEqual(['critical', 'medium']);

      await put('ours/one.yml', 'title: [');
      now += 10_000;
      await rules.look();
      expect(levels(rules)).toEqual(['medium']);
      expect(logged.splice(0)).toContain('a detection is refused');

      await rm(at('ours/one.yml'));
      await utimes(at('ours/two.yml'), 1, 1);
      now += 10_000;
      await rules.look();
      expect(rules.detector.ruleSet.problems).toEqual([]);
    });

    it('are looked at no more often than every few seconds', async () => {
      await put('ours/one.yml', GOOD);
      const rules = await source();
      await put('ours/one.yml', GOOD.replace('medium', 'critical'));
      await rules.look();
      expect(levels(rules)).toEqual(['medium']);
      now += 10_000;
      await Promise.all([rules.look(), rules.look()]);
      expect(levels(rules)).toEqual(['critical']);
    });
  });
});

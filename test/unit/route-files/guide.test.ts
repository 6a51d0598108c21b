import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { destinationsOf } from '../../../src/domain/routing/destinations.ts';
import { readRoutes } from '../../../src/route-files/read-routes.ts';

const DEFAULTS = { quiet: [], timeZone: 'UTC', digestAt: 480 };

it('reads the example of the guide, and sends alerts where the guide says', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/routing.md', 'utf8')) ?? [];
  const { routing, problems } = readRoutes(example, DEFAULTS);
  expect(problems).toEqual([]);
  if (routing === null) throw new Error('the example cannot be read');
  const goesTo = (labels: Record<string, string>) =>
    destinationsOf(routing, labels, 0).map(({ where }) =>
      where.kind === 'channel' ? where.name : where.kind,
    );
  expect(goesTo({ class: 'roles', level: 'high' })).toEqual(['Security alerts']);
  expect(goesTo({ class: 'roles', level: 'critical' })).toEqual(['19:3f9a0c6d@thread.tacv2']);
  expect(
    goesTo({ class: 'licensing', level: 'critical', unit: '4f1f7c1e-0b7e-4c0e-9d60-1d2f8d1d7a11' }),
  ).toEqual(['Berlin IT', '19:3f9a0c6d@thread.tacv2']);
  expect(goesTo({ class: 'licensing', level: 'high' })).toEqual(['chat']);
});

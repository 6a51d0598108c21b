import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectFile } from './project-files.ts';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      engines: z.union([z.object({ node: z.string().optional() }), z.array(z.string())]).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const { packages } = Lock.parse(JSON.parse(projectFile('package-lock.json')));

it('the lock file holds the packages of every platform', () => {
  // `npm install` leaves out those that its registry did not offer, and `npm ci` then refuses the file.
  const missing = Object.entries(packages).flatMap(([name, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (dependency) =>
        !(`node_modules/${dependency}` in packages) && !(`${name}/node_modules/${dependency}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

it('the lock file names no registry, so that each machine uses its own', () => {
  expect(Object.values(packages).flatMap((entry) => entry.resolved ?? [])).toEqual([]);
});

/**
 * npm compares `engines` with the Node that runs npm, and warns. All packages run on the Node 24 that the project
 * brings, so those that want more than the README promises have no `engines` in the lock file.
 */
it('no package warns on the oldest Node that the README promises', () => {
  expect(projectFile('README.md')).toContain('Node 20.19 or later');
  const tooNew = Object.entries(packages).flatMap(([name, { engines }]) => {
    const range = engines && !Array.isArray(engines) ? engines.node : undefined;
    return range === undefined || takesNode20(range) ? [] : [`${name || 'the project'} wants ${range}`];
  });
  expect(tooNew).toEqual([]);
});

/** Whether one of the alternatives of a range has 20.19.0, for the forms that lock files hold. */
function takesNode20(range: string): boolean {
  return range.split('||').some((alternative) =>
    alternative
      .trim()
      .split(/(?<=\d)\s+/)
      .every((part) => {
        const [, operator = '', major = '0', minor = '0'] =
          /^([<>=^~]*)\s*v?(\d+|\*)(?:\.(\d+))?/.exec(part) ?? [];
        if (major === '*') return true;
        const difference = 20 * 1000 + 19 - (Number(major) * 1000 + Number(minor));
        if (operator.startsWith('<')) return operator === '<=' ? difference <= 0 : difference < 0;
        if (operator.startsWith('>')) return operator === '>' ? difference > 0 : difference >= 0;
        return Number(major) === 20 && difference >= 0;
      }),
  );
}

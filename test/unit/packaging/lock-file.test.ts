import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectFile } from './project-files.ts';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
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

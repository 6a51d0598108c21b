/** The file of routes as it is now. */
import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RoutesNow, RoutesProblem, RoutesSource, RoutesStore } from '../domain/ports.ts';
import { type Routing, type RoutingDefaults, routingWithoutFile } from '../domain/routing/route.ts';
import { type ReadRoutes, readRoutes } from './read-routes.ts';

/** A thousand routes are a tenth of this. */
const MAX_BYTES = 1024 * 1024;

export type RoutesSourceOptions = {
  /** Null: everything goes to the channel that is set in chat. */
  path: string | null;
  defaults: RoutingDefaults;
  /** Where the text that was good last is kept over a restart; null: nowhere. */
  kept: RoutesStore | null;
  /** ms UTC. */
  now: () => number;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
};

/**
 * Reads the file of routes, and again when it has changed. A file that is broken or gone leaves the routes in force
 * that were read last, also those that an earlier process read.
 */
export function createRoutesSource(options: RoutesSourceOptions): RoutesSource {
  const withoutFile = routingWithoutFile(options.defaults);
  const { path: file } = options;
  if (file === null) {
    const now: RoutesNow = { routing: withoutFile, file: null, using: 'default', problems: [], digest: '' };
    return { current: async () => now };
  }
  const name = path.basename(file);
  let seen: string | null = null;
  let good: Routing | null = null;
  let inForce: RoutesNow = { routing: withoutFile, file: name, using: 'default', problems: [], digest: '' };
  let reading: Promise<RoutesNow> | null = null;

  async function look(): Promise<RoutesNow> {
    const mark = await markOf(file ?? '');
    if (mark === seen) return inForce;
    const { text, problem } = await textOf(file ?? '');
    const read: ReadRoutes =
      text === null ? { routing: null, problems: [problem] } : readRoutes(text, options.defaults);
    const digest = hash('sha256', text ?? problem.message).slice(0, 16);
    if (read.routing !== null) {
      good = read.routing;
      inForce = { routing: good, file: name, using: 'file', problems: read.problems, digest };
      await keep(text ?? '');
      options.log.info({ file: name, warnings: read.problems.length }, 'routes were read');
    } else {
      good ??= await lastGood();
      const using = good === null ? 'default' : 'last-good';
      inForce = { routing: good ?? withoutFile, file: name, using, problems: read.problems, digest };
      options.log.warn({ file: name, using, problems: read.problems }, 'the file of routes cannot be used');
    }
    seen = mark;
    return inForce;
  }

  async function keep(text: string): Promise<void> {
    try {
      await options.kept?.keepGood(text, options.now());
    } catch (err) {
      options.log.warn({ err }, 'the routes could not be kept for the next start');
    }
  }

  async function lastGood(): Promise<Routing | null> {
    try {
      const text = (await options.kept?.lastGood()) ?? null;
      return text === null ? null : readRoutes(text, options.defaults).routing;
    } catch (err) {
      options.log.warn({ err }, 'the routes of the last start could not be read');
      return null;
    }
  }

  return {
    current() {
      reading ??= look().finally(() => {
        reading = null;
      });
      return reading;
    },
  };
}

/** Tells a file from what it was before, without reading it. */
async function markOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    return `unreadable ${codeOf(error)}`;
  }
}

async function textOf(
  file: string,
): Promise<{ text: string; problem: RoutesProblem } | { text: null; problem: RoutesProblem }> {
  const problem = (why: string): RoutesProblem => ({
    line: 1,
    severity: 'refused',
    message: `The file that ROUTES_PATH names ${why}.`,
  });
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return { text: null, problem: problem('is larger than 1 MB') };
    return { text: await readFile(file, 'utf8'), problem: problem('is empty') };
  } catch (error) {
    return { text: null, problem: problem(`cannot be read (${codeOf(error)})`) };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';

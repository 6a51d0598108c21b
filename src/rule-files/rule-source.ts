import { stat } from 'node:fs/promises';
import type { Detector } from '../domain/detection/evaluate.ts';
import type { RuleSet } from '../domain/detection/rule.ts';
import { filesOf } from './read-folder.ts';
import { readRules } from './read-rules.ts';

export type RuleSourceOptions = {
  /** Ours first, then those of the admin. */
  folders: readonly string[];
  /** A file with values of placeholders. */
  valuesFile: string | null;
  makeDetector(ruleSet: RuleSet): Detector;
  /** ms UTC. */
  now: () => number;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
};

/** Rules that are read again when their files change. */
export type RuleSource = {
  /** Always by the rules that were read last. */
  detector: Detector;
  /** Looks whether a file has changed, at most every few seconds, and reads the rules again if so. */
  look(): Promise<void>;
};

const LOOK_MS = 5_000;
/** How many problems are logged one by one; `status` counts them all. */
const MOST_LOGGED = 50;

/**
 * Reads rules, and watches their files by what the folders say of them: also over a network and where a container
 * changes a whole folder at once. A file that has become broken is refused, and the other rules go on.
 */
export async function createRuleSource(options: RuleSourceOptions): Promise<RuleSource> {
  const { folders, valuesFile, makeDetector, now, log } = options;
  const places = [...folders, ...(valuesFile === null ? [] : [valuesFile])];
  let mark = await markOf(places);
  let lookedAt = now();
  let looking: Promise<void> | null = null;
  let detector = makeDetector(await read());

  async function read(): Promise<RuleSet> {
    const ruleSet = await readRules(folders, valuesFile);
    const rules = [...ruleSet.events, ...ruleSet.correlations];
    const refused = ruleSet.problems.filter(({ severity }) => severity === 'refused');
    log.info(
      {
        rules: rules.length,
        unable: rules.filter(({ inert }) => inert !== null).length,
        refused: refused.length,
      },
      'detections were read',
    );
    for (const problem of refused.slice(0, MOST_LOGGED)) log.warn(problem, 'a detection is refused');
    const unable = ruleSet.problems.filter(({ severity }) => severity === 'warning');
    for (const [message, alike] of Map.groupBy(unable, (problem) => problem.message)) {
      log.info({ message, rules: alike.length, first: alike[0]?.file }, 'detections cannot work here');
    }
    return ruleSet;
  }

  async function lookNow(): Promise<void> {
    const found = await markOf(places);
    if (found === mark) return;
    // Noted before the files are read: what changes in between is seen next time.
    mark = found;
    detector = makeDetector(await read());
  }

  return {
    detector: {
      get ruleSet() {
        return detector.ruleSet;
      },
      matchesOf: (rawText, operation, body) => detector.matchesOf(rawText, operation, body),
      matchesIn: (view) => detector.matchesIn(view),
    },
    look() {
      if (looking !== null) return looking;
      if (now() - lookedAt < LOOK_MS) return Promise.resolve();
      lookedAt = now();
      looking = lookNow().finally(() => {
        looking = null;
      });
      return looking;
    },
  };
}

/** What tells one state of some folders from another: each file with its size and the time of its last change. */
async function markOf(places: readonly string[]): Promise<string> {
  const marks: string[] = [];
  for (const place of places) {
    const { found } = await filesOf(place);
    for (const file of found) {
      try {
        const { size, mtimeMs, ino } = await stat(file);
        marks.push(`${file} ${size} ${mtimeMs} ${ino}`);
      } catch {
        marks.push(`${file} is gone`);
      }
    }
  }
  return marks.join('\n');
}

/** The benchmarks: picks one, nothing else. What each figure means: bench/README.md. */
import process from 'node:process';

const BENCHES: Record<string, () => Promise<(args: string[]) => Promise<void>>> = {
  delta: async () => (await import('./delta.ts')).benchDelta,
  start: async () => (await import('./start.ts')).benchStart,
  language: async () => (await import('./language.ts')).benchLanguage,
  scan: async () => (await import('./scan.ts')).benchScan,
  detect: async () => (await import('./ingest/ingest.ts')).benchDetect,
  'ingest-memory': async () => (await import('./ingest/ingest.ts')).benchIngestMemory,
  ingest: async () => (await import('./ingest/ingest.ts')).benchIngest,
  crowd: async () => (await import('./crowd.ts')).benchCrowd,
  archive: async () => (await import('./archive.ts')).benchArchive,
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (load) {
  await (await load())(args);
} else {
  console.error(`Usage: npm run bench -- <${Object.keys(BENCHES).join(' | ')}> [options]`);
  process.exitCode = 2;
}

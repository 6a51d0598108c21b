import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/app/system-clock.ts';
import { createDetector, type Detector } from '../src/domain/detection/evaluate.ts';
import { createViewer } from '../src/domain/detection/records/view-of.ts';
import { compileRules } from '../src/domain/detection/sigma/compile-rules.ts';
import type { SourcedDocument } from '../src/domain/detection/sigma/document.ts';
import { HOUR_MS } from '../src/domain/durations.ts';
import { createActivityFeed } from '../src/microsoft365/audit/activity-feed.ts';
import { createActivityReader } from '../src/microsoft365/audit/activity-reader.ts';
import { parseRules } from '../src/rule-files/parse-rules.ts';
import { readFolder } from '../src/rule-files/read-folder.ts';
import { openStore } from '../src/storage/open-store.ts';
import { cpuTime } from './cpu-time.ts';
import { temporaryFolder } from './product.ts';
import { openBlobDoor, RECORDS_OF_A_PAGE } from './record-blobs.ts';
import { printTable } from './report.ts';

/** Pages that compile what is measured; they are in no figure. */
const WARM_UP_PAGES = 6;
const SHIPPED = fileURLToPath(new URL('../detections', import.meta.url));

/** `detect [--records N] [--rules N]`: what detections add to the CPU of ingest; the aim is at most 25 %. */
export async function benchDetect(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      records: { type: 'string', default: '200000' },
      rules: { type: 'string', default: '300' },
    },
  });
  const pages = 2 * Math.ceil(Number(values.records) / RECORDS_OF_A_PAGE / 2);
  const detector = await detectorOf(Number(values.rules));
  const { folder, remove } = await temporaryFolder();
  try {
    await run(folder, pages, detector);
  } finally {
    await remove();
  }
}

/**
 * The shipped rules, and copies of them under other names until they are so many. A copy asks for somebody who is not
 * there besides: it costs as much as the rule, and does not match the same record once more, as no real set does.
 */
async function detectorOf(rules: number): Promise<Detector> {
  const { files } = await readFolder(SHIPPED);
  const documents = files.flatMap(({ file, text }) => parseRules(file, text).documents);
  const copies = Math.ceil(rules / documents.length);
  const all = Array.from({ length: copies }, (_, number) =>
    documents.map((one) => copyOf(one, number)),
  ).flat();
  const ruleSet = compileRules([all]);
  return createDetector({ ...ruleSet, events: ruleSet.events.slice(0, rules) }, createViewer());
}

function copyOf({ body, ...source }: SourcedDocument, number: number): SourcedDocument {
  const called = (name: string | undefined): string => `${name ?? ''} ${number}`;
  const names = { id: called(body.id), name: called(body.name) };
  if (number === 0) return { ...source, body };
  return body.kind === 'event'
    ? {
        ...source,
        body: {
          ...body,
          ...names,
          selections: { ...body.selections, nobody: { UserId: 'nobody@fabrikam.example' } },
          conditions: body.conditions.map((condition) => `(${condition}) and nobody`),
        },
      }
    : { ...source, body: { ...body, ...names, rules: body.rules.map(called) } };
}

/** Every other page is shown to the rules, so that a busy machine is busy for both. */
async function run(folder: string, pages: number, detector: Detector): Promise<void> {
  const store = await openStore({ url: `file:${path.join(folder, 'product.db')}` });
  const now = systemClock.now();
  const client = openBlobDoor(pages + WARM_UP_PAGES, now);
  const reader = createActivityReader(createActivityFeed(client, 'tenant'), systemClock, 'Audit.General');
  const read = reader
    .read({ from: now - HOUR_MS, to: now }, store.audit.storedContents, new AbortController().signal)
    [Symbol.asyncIterator]();
  const cpu = { with: 0, without: 0 };
  let matches = 0;
  let evaluating = 0;
  const counting: Pick<Detector, 'matchesOf'> = {
    matchesOf(rawText, operation) {
      const startedAt = performance.now();
      const found = detector.matchesOf(rawText, operation);
      evaluating += performance.now() - startedAt;
      matches += found.length;
      return found;
    },
  };
  for (let page = -WARM_UP_PAGES; page < pages; page++) {
    client.prepare(page + WARM_UP_PAGES);
    const watched = page % 2 === 0;
    const before = cpuTime();
    const next = await read.next();
    if (next.done) throw new Error('The reader ended early.');
    const { events, contents } = next.value;
    await store.audit.append(events, systemClock.now(), contents, watched ? counting : undefined);
    if (page >= 0) cpu[watched ? 'with' : 'without'] += cpuTime() - before;
    if (page === -1) matches = evaluating = 0;
  }
  await store.close();
  const records = (pages / 2) * RECORDS_OF_A_PAGE;
  console.log(`${detector.ruleSet.events.length} rules, ${2 * records} records, ${matches} matches\n`);
  const row = (name: string, ms: number): string[] => [
    name,
    ms.toFixed(0),
    ((ms / records) * 1000).toFixed(1),
  ];
  printTable(
    ['', 'CPU, ms', 'µs a record'],
    [
      row('ingest', cpu.without),
      row('ingest with detections', cpu.with),
      row('of that in rules (wall time)', evaluating),
    ],
  );
  console.log(
    `\nDetections add ${(((cpu.with - cpu.without) / cpu.without) * 100).toFixed(1)} %; at most 25 %.`,
  );
}

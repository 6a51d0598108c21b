import { normaliseActivityRecord } from '../../domain/audit/activity-record.ts';
import type { ArchivedEvent } from '../../domain/audit/event.ts';
import type { AuditReader, Clock } from '../../domain/ports.ts';
import type { ActivityContent, ActivityFeed } from './activity-feed.ts';
import { archived } from './archived.ts';
import { contentWindows } from './content-windows.ts';

/** Blobs fetched at a time. A day of a large tenant has thousands, each a round trip. */
const AT_ONCE = 8;

/** What license changes are recorded in. Other content types hold mail, files and the rest. */
const LICENSE_CONTENT: readonly string[] = ['Audit.AzureActiveDirectory'];

/**
 * Reads the unified audit log through the Management Activity API. It opens the content types itself, once in
 * the life of a process and again when the service says that one is closed. A window is by when the content
 * was made, so a record in it can have happened days before; a blob that has expired is left out.
 */
export function createActivityReader(
  feed: ActivityFeed,
  clock: Clock,
  contentTypes: readonly string[] = LICENSE_CONTENT,
): AuditReader {
  const started = new Set<string>();

  async function open(contentType: string, signal: AbortSignal): Promise<void> {
    if (started.has(contentType)) return;
    await feed.start(contentType, signal);
    started.add(contentType);
  }

  return {
    source: 'activity',
    async *read(window, signal): AsyncGenerator<ArchivedEvent[]> {
      for (const contentType of contentTypes) {
        await open(contentType, signal);
        for (const part of contentWindows(window, clock.now())) {
          for await (const page of feed.list(contentType, part, signal)) {
            if (page === 'not-started') {
              // What was made while it was closed is lost to this source; from now on it is open.
              started.delete(contentType);
              await open(contentType, signal);
            } else {
              yield* recordsOf(feed, page, signal);
            }
          }
        }
      }
    },
  };
}

async function* recordsOf(
  feed: ActivityFeed,
  contents: readonly ActivityContent[],
  signal: AbortSignal,
): AsyncGenerator<ArchivedEvent[]> {
  for (let start = 0; start < contents.length; start += AT_ONCE) {
    const group = contents.slice(start, start + AT_ONCE);
    const blobs = await Promise.all(group.map((content) => readBlob(feed, content, signal)));
    yield blobs.flat();
  }
}

async function readBlob(
  feed: ActivityFeed,
  content: ActivityContent,
  signal: AbortSignal,
): Promise<ArchivedEvent[]> {
  const records = (await feed.records(content, signal)) ?? [];
  return records.map((record) =>
    archived(record, 'activity', normaliseActivityRecord, content.contentCreated),
  );
}

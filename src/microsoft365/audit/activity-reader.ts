import { DAY_MS } from '../../domain/durations.ts';
import type { AuditPage, AuditReader, StoredContents } from '../../domain/ports/audit.ts';
import { type Clock, TenantReadError } from '../../domain/ports.ts';
import { normaliseActivityRecord } from '../bodies/audit/activity-record.ts';
import { type ActivityContent, type ActivityFeed, type Blob, recordsIn } from './activity-feed.ts';
import { archived, unreadableContent } from './archived.ts';
import { contentWindows } from './content-windows.ts';

/** Blobs fetched at a time. A day of a large tenant has thousands, each a round trip. */
const AT_ONCE = 8;
/** Records that are worth a transaction of their own. */
const ENOUGH = 2000;
/** What one content listing may ask for, ms. */
const MAX_READ_MS = DAY_MS;
/** How long a content type that the tenant does not permit is left alone, ms. */
const LEFT_ALONE_MS = DAY_MS;

/** All content types of the Management Activity API. The last needs a permission of its own. */
export const CONTENT_TYPES: readonly { contentType: string; optional: boolean }[] = [
  { contentType: 'Audit.AzureActiveDirectory', optional: false },
  { contentType: 'Audit.Exchange', optional: false },
  { contentType: 'Audit.SharePoint', optional: false },
  { contentType: 'Audit.General', optional: false },
  { contentType: 'DLP.All', optional: true },
];

/** One reader for each content type of the unified audit log. */
export const createActivityReaders = (
  feed: ActivityFeed,
  clock: Clock,
  openedElsewhere?: OpenedElsewhere,
): AuditReader[] =>
  CONTENT_TYPES.map(({ contentType, optional }) =>
    createActivityReader(feed, clock, contentType, optional, openedElsewhere),
  );

/** When somebody else than its reader opened a content type that had been closed, ms UTC; told once. */
export type OpenedElsewhere = (contentType: string) => number | null;

/**
 * Reads one content type of the unified audit log through the Management Activity API. It opens the content
 * type itself, once in the life of a process and again when the service says that it is closed; of a tenant that does
 * not audit it reads what is left, and then says so. A window is
 * by when the content was made, so a record in it can have happened days before; a blob that has expired is
 * left out, as nobody can have it any more.
 */
export function createActivityReader(
  feed: ActivityFeed,
  clock: Clock,
  contentType: string,
  optional = false,
  openedElsewhere: OpenedElsewhere = () => null,
): AuditReader {
  let opened = false;
  let refusal: { error: TenantReadError; until: number } | null = null;
  /** That the tenant does not audit now, as the last attempt to open was told. */
  let auditingOff: TenantReadError | null = null;

  return {
    feed: { source: 'activity', contentType },
    optional,
    longestReadMs: MAX_READ_MS,
    async open(signal) {
      const openedAt = openedElsewhere(contentType);
      if (openedAt !== null) {
        opened = true;
        return openedAt;
      }
      if (opened) return null;
      if (refusal && clock.now() < refusal.until) throw refusal.error;
      auditingOff = null;
      try {
        const outcome = await feed.start(contentType, signal);
        opened = true;
        return outcome === 'started' ? clock.now() : null;
      } catch (error) {
        if (optional && error instanceof TenantReadError && error.code === 'forbidden') {
          refusal = { error, until: clock.now() + LEFT_ALONE_MS };
        }
        // What was recorded before the switch is still on its way, and tells who moved it: it may be open all the same.
        if (error instanceof TenantReadError && error.code === 'auditing-off') {
          auditingOff = error;
          return null;
        }
        throw error;
      }
    },
    async *read(window, stored, signal): AsyncGenerator<AuditPage> {
      for (const part of contentWindows(window, clock.now())) {
        for await (const page of feed.list(contentType, part, signal)) {
          if (page === 'not-started') {
            opened = false;
            if (auditingOff) throw auditingOff;
            throw new TenantReadError('closed', `The content type ${contentType} had been closed.`);
          }
          yield* contentsOf(feed, page, stored, signal);
        }
      }
      // The window is not complete, whatever came: nobody records now.
      if (auditingOff) throw auditingOff;
    },
  };
}

async function* contentsOf(
  feed: ActivityFeed,
  listed: readonly ActivityContent[],
  stored: StoredContents,
  signal: AbortSignal,
): AsyncGenerator<AuditPage> {
  // Content never changes: what is in the archive need not be fetched at each of the later reads.
  if (listed.length === 0) return;
  const known = await stored(listed.map(({ contentUri }) => contentUri));
  const missing = listed.filter(({ contentUri }) => !known.has(contentUri));
  for (let start = 0; start < missing.length; start += AT_ONCE) {
    const group = missing.slice(start, start + AT_ONCE);
    const blobs = await Promise.all(
      group.map(async (content) => ({ content, blob: await feed.blob(content, signal) })),
    );
    yield* pagesOf(blobs);
  }
}

/** Reads one blob after the other, so that only the records of one page are in memory at a time. */
function* pagesOf(blobs: readonly { content: ActivityContent; blob: Blob }[]): Generator<AuditPage> {
  let page: AuditPage = { events: [], contents: [], unreadable: [] };
  for (const [index, { content, blob }] of blobs.entries()) {
    addTo(page, content, blob);
    if (page.events.length < ENOUGH && index < blobs.length - 1) continue;
    yield page;
    page = { events: [], contents: [], unreadable: [] };
  }
}

function addTo(page: AuditPage, { contentCreated, contentUri }: ActivityContent, blob: Blob): void {
  const read = blob.kind === 'answer' ? recordsIn(blob.text) : blob;
  switch (read.kind) {
    case 'gone':
      return;
    case 'unreadable':
      page.unreadable.push(read.reason);
      if (read.text === null) return;
      page.events.push(unreadableContent(read.text, 'activity', read.reason, contentCreated));
      return;
    case 'records':
      page.contents.push(contentUri);
      for (const record of read.records) {
        page.events.push(archived(record, 'activity', normaliseActivityRecord, contentCreated));
      }
  }
}

import { HOUR_MS } from '../src/domain/durations.ts';
import type { HttpClient } from '../src/microsoft365/http/http-client.ts';
import { activityRecord } from './activity-records.ts';
import { idFor, kindOf, personNumber } from './record-mix.ts';

/** Blobs that the product fetches at a time; they are one page, and one transaction, of its archive. */
export const BLOBS_OF_A_PAGE = 8;
const RECORDS_OF_A_BLOB = 250;
export const RECORDS_OF_A_PAGE = BLOBS_OF_A_PAGE * RECORDS_OF_A_BLOB;
const PEOPLE = 50_000;
const ORIGIN = 'https://manage.invalid';

/** A door to a Management Activity API that is not there: its blobs are texts in memory, a page at a time. */
export type BlobDoor = HttpClient & {
  /** Makes the texts of the next page before anybody measures; returns them. */
  prepare(page: number): string[];
};

/** @param pages how many pages the content listing has, one group of blobs each; @param startedAt ms UTC */
export function openBlobDoor(pages: number, startedAt: number): BlobDoor {
  const texts = new Map<string, string>();
  return {
    origin: ORIGIN,
    maxPages: pages + 1,
    prepare(page) {
      texts.clear();
      const uris = blobUris(page);
      for (const [index, uri] of uris.entries()) {
        texts.set(uri, blobText(page * BLOBS_OF_A_PAGE + index, startedAt));
      }
      return [...texts.values()];
    },
    send({ url }) {
      const asked = new URL(url);
      asked.search = '';
      const blob = texts.get(asked.href);
      if (blob !== undefined) return Promise.resolve({ status: 200, headers: {}, text: blob });
      const page = Number(/\/list\/(\d+)$/.exec(asked.pathname)?.[1] ?? 0);
      const listing = blobUris(page).map((contentUri) => ({
        contentUri,
        contentCreated: new Date(startedAt).toISOString(),
      }));
      const next = page + 1 < pages ? { nextpageuri: `${ORIGIN}/list/${page + 1}` } : {};
      return Promise.resolve({ status: 200, headers: next, text: JSON.stringify(listing) });
    },
  };
}

const blobUris = (page: number): string[] =>
  Array.from({ length: BLOBS_OF_A_PAGE }, (_, index) => `${ORIGIN}/blob/${page}/${index}`);

function blobText(blob: number, startedAt: number): string {
  const records = Array.from({ length: RECORDS_OF_A_BLOB }, (_, index) => {
    const number = blob * RECORDS_OF_A_BLOB + index;
    const group = number % 300;
    return activityRecord(kindOf(number), {
      id: idFor(`record ${number}`),
      time: new Date(startedAt - HOUR_MS + number * 10).toISOString().slice(0, 19),
      actor: personNumber((number * 7919) % PEOPLE),
      target: personNumber((number * 104_729) % PEOPLE),
      group: { id: idFor(`group ${group}`), name: `Group-${group}` },
      correlationId: idFor(`act ${number}`),
    });
  });
  return JSON.stringify(records);
}

import type { ActivityRecord } from '../audit/activity-record.ts';
import { WEEK_MS } from '../durations.ts';

export const CONTENT_TYPES = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** A batch of records that became available at one time; what a `contentUri` leads to. */
export type Blob = {
  readonly id: string;
  readonly contentType: ContentType;
  readonly createdAt: number;
  readonly records: ActivityRecord[];
};

const LIFE_MS = WEEK_MS;
export const expiresAt = (blob: Blob): number => blob.createdAt + LIFE_MS;

const digits = (at: number): string => new Date(at).toISOString().replace(/\D/g, '');

/** The Management Activity API's store: blobs by content type, and the subscriptions that open them. */
export class ActivityFeed {
  /** The tenant's unified auditing; records of the time it is off are never written. */
  auditingEnabled = true;
  readonly #blobs = new Map<string, Blob>();
  readonly #startedAt = new Map<ContentType, number>();

  isStarted(contentType: ContentType): boolean {
    return this.#startedAt.has(contentType);
  }

  start(contentType: ContentType, at: number): void {
    this.#startedAt.set(contentType, at);
  }

  stop(contentType: ContentType): void {
    this.#startedAt.delete(contentType);
  }

  /** Adds a record to the blob of its time; records of one instant share a blob. */
  publish(contentType: ContentType, record: ActivityRecord, availableAt: number): void {
    if (!this.auditingEnabled) return;
    const at = Math.floor(availableAt);
    const name = contentType.replace('.', '_');
    const id = `${digits(at)}00000$${digits(at)}00000$${name.toLowerCase()}$${name}$sim0001`;
    const blob = this.#blobs.get(id) ?? { id, contentType, createdAt: at, records: [] };
    blob.records.push(record);
    this.#blobs.set(id, blob);
  }

  /**
   * Blobs made in the half-open window, oldest first: those that exist at `now`, have not expired, and were
   * made after the subscription was started (an earlier time's content stays closed).
   */
  content(contentType: ContentType, window: { from: number; to: number }, now: number): Blob[] {
    const startedAt = this.#startedAt.get(contentType);
    if (startedAt === undefined) return [];
    return [...this.#blobs.values()]
      .filter((blob) => blob.contentType === contentType)
      .filter((blob) => blob.createdAt >= window.from && blob.createdAt < window.to)
      .filter((blob) => blob.createdAt <= now && blob.createdAt >= startedAt && expiresAt(blob) > now)
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  blob(id: string): Blob | null {
    return this.#blobs.get(id) ?? null;
  }
}

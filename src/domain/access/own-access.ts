/** What the tenant lets License Watch do by itself, and what was taken from it. Times are ms UTC. */

/** Application permissions by their names, as the tenant says now. What is in neither list could not be found out. */
export type OwnAccess = { held: readonly string[]; refused: readonly string[] };

/** A permission that was held once: whether it still is, and since when. */
export type KnownPermission = { permission: string; held: boolean; since: number };

export type AccessNews = {
  /** What has changed, or is held for the first time. */
  rows: KnownPermission[];
  /** Held before, refused now. */
  lost: string[];
  /** Refused before, held now. */
  back: string[];
};

/**
 * Compares what was known with what the tenant says now. A permission that was never held is not lost, and not noted.
 * What could not be found out stays as it was known.
 */
export function accessNews(known: readonly KnownPermission[], access: OwnAccess, now: number): AccessNews {
  const before = new Map(known.map(({ permission, held }) => [permission, held]));
  const held = new Set(access.held);
  const news: AccessNews = { rows: [], lost: [], back: [] };
  for (const permission of [...new Set([...access.held, ...access.refused])].sort()) {
    const isHeld = held.has(permission);
    const wasHeld = before.get(permission);
    // Never held: whoever only watches does not grant the writing ones.
    if (wasHeld === isHeld || (wasHeld === undefined && !isHeld)) continue;
    news.rows.push({ permission, held: isHeld, since: now });
    if (wasHeld === true) news.lost.push(permission);
    if (wasHeld === false) news.back.push(permission);
  }
  return news;
}

/**
 * How long a `Retry-After` header asks to wait, ms; null where there is none or it makes no sense. Graph
 * sends whole and decimal seconds ("2.128" in Microsoft's own sample); the standard also allows a date.
 * `now` is ms UTC.
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isFinite(at) ? Math.max(0, at - now) : null;
}

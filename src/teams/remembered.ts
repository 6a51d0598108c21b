/**
 * Remembers what a key's read answered, so that not every turn asks the directory. The time counts from when
 * the read began; a read that failed is not remembered.
 * @param forMs how long, ms
 * @param now ms UTC
 */
export function remembered<Value>(
  read: (key: string) => Promise<Value>,
  forMs: number,
  now: () => number,
): (key: string) => Promise<Value> {
  const known = new Map<string, { until: number; value: Promise<Value> }>();
  return (key) => {
    const at = now();
    for (const [old, { until }] of known) {
      // One that would be kept for longer than it may was read before the clock was set back.
      if (until <= at || until > at + forMs) known.delete(old);
    }
    const found = known.get(key);
    if (found) return found.value;
    const entry = { until: at + forMs, value: read(key) };
    known.set(key, entry);
    entry.value.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    return entry.value;
  };
}

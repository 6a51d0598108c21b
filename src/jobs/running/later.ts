export type Later = {
  /** Calls for the name after a time, ms, unless that is called for by then anyway. */
  start(name: string, ms: number): void;
  /** Calls for nothing any more. */
  stop(): void;
};

/** Timers by name, of which each name has one: two calls for one name are one, at the earlier time. */
export function createLater(call: (name: string) => void): Later {
  const pending = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  return {
    start(name, ms) {
      const at = performance.now() + ms;
      const known = pending.get(name);
      if (known !== undefined && known.at <= at) return;
      clearTimeout(known?.timer);
      const timer = setTimeout(() => {
        pending.delete(name);
        call(name);
      }, ms);
      pending.set(name, { at, timer });
    },
    stop() {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}

/** Gives what is built of something, and builds it again when that is another thing than the last time. */
export function rebuilt<Key, Value>(keyNow: () => Key, build: (key: Key) => Value): () => Value {
  let built: { key: Key; value: Value } | null = null;
  return () => {
    const key = keyNow();
    if (built === null || built.key !== key) built = { key, value: build(key) };
    return built.value;
  };
}

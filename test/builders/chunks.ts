/** All that comes in chunks, in one list. */
export async function chunksOf<One>(chunks: AsyncIterable<readonly One[]>): Promise<One[]> {
  const all: One[] = [];
  for await (const chunk of chunks) all.push(...chunk);
  return all;
}

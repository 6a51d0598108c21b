import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type SilentProxy = {
  /** The database's URL through the proxy. */
  url: string;
  /** Connections that are open. */
  connections(): number;
  /** From now on nothing goes through the open connections, in either direction, and none is closed; new ones work. */
  silence(): void;
  close(): Promise<void>;
};

/** A TCP proxy before a database that can behave like a firewall that forgot its connections. */
export async function aSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<{ inner: Socket; outer: Socket }>();
  const server = createServer((outer) => {
    const inner = connect(Number(target.port), target.hostname);
    const pair = { inner, outer };
    pairs.add(pair);
    inner.on('data', (chunk) => outer.write(chunk));
    outer.on('data', (chunk) => inner.write(chunk));
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    connections: () => pairs.size,
    silence() {
      for (const { inner, outer } of pairs) {
        for (const socket of [inner, outer]) socket.removeAllListeners('data').removeAllListeners('close');
        // What comes is taken and dropped: the sender sees it acknowledged.
        inner.resume();
        outer.resume();
      }
    },
    async close() {
      for (const { inner, outer } of pairs) {
        inner.destroy();
        outer.destroy();
      }
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

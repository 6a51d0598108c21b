/** Polls `GET /healthz` every 20 ms in a process of its own; at the end of its input it prints the times, ms, as JSON. */
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const [url = ''] = process.argv.slice(2);
const times: number[] = [];
let ended = false;
process.stdin.resume().once('end', () => {
  ended = true;
});

const running = new Set<Promise<void>>();
while (!ended) {
  const startedAt = performance.now();
  const one = fetch(url)
    .then((response) => response.text())
    .then(() => void times.push(performance.now() - startedAt))
    .finally(() => running.delete(one));
  running.add(one);
  await wait(20);
}
await Promise.all(running);
process.stdout.write(JSON.stringify(times));

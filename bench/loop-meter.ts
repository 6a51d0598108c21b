/**
 * Loaded into the measured process before everything else (`node --import`). On the message `start` it begins to
 * measure, on `report` it answers with what it saw: how late the event loop was (ms of wall time), and how much CPU
 * time this thread used from one turn of the loop to the next. The second does not grow on a busy machine.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const NS = 1_000_000;
const delay = monitorEventLoopDelay({ resolution: 5 });
let turns: number[] = [];

const cpu = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

let last = cpu();
const tick = (): void => {
  const now = cpu();
  turns.push(now - last);
  last = now;
};

process.on('message', (message) => {
  if (message === 'start') {
    turns = [];
    last = cpu();
    delay.reset();
    delay.enable();
    setInterval(tick, 1).unref();
  }
  if (message === 'report') {
    process.send?.({
      delay: { p50: delay.percentile(50) / NS, p99: delay.percentile(99) / NS, max: delay.max / NS },
      turns,
    });
  }
});
process.channel?.unref();

/**
 * The product in a process that kills itself (SIGKILL) when a named step is reached for the nth time: what a
 * power cut does, at an instant of the test's choice. `CRASH_AT` is `<step>#<n>`; empty: it lives.
 */
import process from 'node:process';
import { compose } from '../../src/app/compose.ts';
import { loadConfig } from '../../src/config/config.ts';

const loaded = loadConfig(process.env);
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const [fatalStep = '', nth = '1'] = (process.env.CRASH_AT ?? '').split('#');
let reached = 0;
const app = await compose(loaded.config, {
  tickMs: 50,
  logTo: 'stderr',
  onStep(step) {
    if (step !== fatalStep) return;
    reached++;
    if (reached === Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
});
const stopped = new Promise<void>((resolve) => process.once('SIGTERM', () => resolve()));
await app.start();
await stopped;
await app.stop();

import type { ScanRequested } from '../../domain/scan/scan-requested.ts';
import { markdownText } from '../cards/escape-text.ts';
import { say } from '../turn.ts';
import type { Command } from './command.ts';

export const scanNow: Command = {
  title: 'Scan now',
  description: 'Read the tenant now instead of at the next scheduled time',
  example: 'Scan now',
  inMenu: true,
  intents: ['scan'],
  requests: ['scan'],
  async run(_answer, _turn, { services, now }) {
    return say(sentenceFor(await services.requestScan(), now()));
  },
};

const NEWS = 'I post what has changed in the alerts channel.';

/** What happens now and, when nothing does, why. */
export function sentenceFor(requested: ScanRequested, now: number): string {
  switch (requested.kind) {
    case 'starts': {
      const by =
        requested.by === null
          ? 'I’m reading the tenant now.'
          : `The jobs run in another process (${markdownText(requested.by)}): it reads the tenant within seconds.`;
      const slow =
        requested.throttled === null
          ? ''
          : ` The last read failed, as Microsoft is throttling requests, so this one may fail too: ${markdownText(requested.throttled)}`;
      return `${by}${slow} ${NEWS}`;
    }
    case 'running': {
      const where = requested.by === null ? '' : `, in another process (${markdownText(requested.by)})`;
      return `A read is already running${since(now - requested.since)}${where}. ${NEWS}`;
    }
    case 'no-leader':
      return `Nothing is read right now: no process runs the jobs.${
        requested.last === null
          ? ''
          : ` The last one was ${markdownText(requested.last)}, and it has stopped answering.`
      } I kept your request. A process takes over within about a minute and reads then; if “status” shows no new scan in two minutes, check the log.`;
    case 'not-stored':
      return `I can’t read the tenant: the database can’t be written (${markdownText(requested.reason)}). Nothing is watched until that is fixed.`;
  }
}

/** Nothing where a clock was set meanwhile. */
function since(ms: number): string {
  if (ms < 1_000) return '';
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? ` (${seconds} s so far)` : ` (${Math.round(seconds / 60)} min so far)`;
}

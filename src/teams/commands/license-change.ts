import { isGroupLicenseKind } from '../../domain/restore/requests/request-kind.ts';
import { licenseChangeCard } from '../cards/license-change.ts';
import { timesIn } from '../cards/times.ts';
import { showCard } from '../turn.ts';
import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

/** Shows what would be written, with the button that does it: words alone change nothing. */
export const licenseChange: Command = {
  title: 'Assign or remove a license',
  description: 'Shows what would be written, checks seats and location, and asks before it does it',
  example: 'Assign Visio to Lee Gu',
  inMenu: false,
  intents: ['assign', 'remove', 'swap'],
  requests: ['change-licenses'],
  async run(answer, turn, context, access) {
    if (answer.request?.kind !== 'change-licenses') return showAnswer(answer, turn, context, access);
    const { request, plan, deadlines } = answer.request;
    const times = timesIn(turn.asker.timeZone, context.timeZone);
    // Everybody in a group counts, also those who get nothing by it now.
    const isForAll = isGroupLicenseKind(request.kind);
    const written = plan.lines.flatMap(({ userId, does }) => (isForAll || does.length > 0 ? [userId] : []));
    const second = await context.services.secondOperator(written, turn.asker.person);
    const shown = { plan, deadlines, reading: answer.reading ?? '', second };
    return showCard(licenseChangeCard(request, shown, times), plan.sentence);
  },
};

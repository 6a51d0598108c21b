import { doctorAnswer } from '../../answers/questions/doctor.ts';
import type { Command } from './command.ts';
import { showAnswer } from './show-answer.ts';

export const checkSetUp: Command = {
  title: 'Check the set-up',
  description: 'Try every permission, credential, log, role, channel and the database, and say what is wrong',
  example: 'Is everything set up?',
  inMenu: false,
  intents: ['doctor'],
  requests: ['doctor'],
  async run(_answer, turn, context, access) {
    const report = await context.services.doctor();
    const timeZone = turn.asker.timeZone ?? context.timeZone;
    return showAnswer(doctorAnswer(report, { timeZone, now: context.now() }), turn, context, access);
  },
};

import { expect, it } from 'vitest';
import type { ConversationKind } from '../../../../src/domain/ports.ts';
import { answerCard } from '../../../../src/teams/cards/answer.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { takesFiles } from '../../../../src/teams/files/takes-files.ts';
import { anAnswer } from '../../../builders/answer.ts';

const FILE = { intent: 'seats', people: [], skus: [], groups: [], range: null, days: null, format: 'csv' };

it.each<[string, ConversationKind, boolean, boolean]>([
  ['a personal chat', 'personal', true, true],
  ['a personal chat of a cloud without files from bots', 'personal', false, false],
  ['a channel', 'channel', true, false],
  ['a group chat', 'groupChat', true, false],
])(
  'an answer in %s has the Export button only where Teams takes the file',
  (_name, kind, filesFromBots, has) => {
    const turn = { conversation: { kind } } as Parameters<typeof takesFiles>[0];
    const answer = { ...anAnswer(), file: FILE } as unknown as ReturnType<typeof anAnswer>;
    const card = answerCard(answer, timesIn('UTC', 'UTC'), takesFiles(turn, { filesFromBots }));
    expect(JSON.stringify(card).includes('"verb":"export"')).toBe(has);
  },
);

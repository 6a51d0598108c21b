import { describe, expect, it } from 'vitest';
import type { SuppressionRequest } from '../../../src/domain/incident/decision.ts';
import { COMMAND_LIST, COMMANDS, commandFor, MENU } from '../../../src/teams/commands/index.ts';
import { PLAIN_COMMANDS } from '../../../src/teams/commands/plain-commands.ts';
import { postAlertsHere } from '../../../src/teams/commands/post-alerts-here.ts';
import { scanNow } from '../../../src/teams/commands/scan-now.ts';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident/incident-view.ts';

const { beQuiet, changeRule, watch, whoChanged } = PLAIN_COMMANDS;

const ADELE = { kind: 'user', id: 'adele' } as const;

const standing = (request: SuppressionRequest) =>
  anAnswer({ intent: 'unknown', request: { kind: 'stand', request, sentence: 'Do something' } });

describe('the list of commands', () => {
  it('fits into the command menu of Teams', () => {
    expect(MENU.length).toBeLessThanOrEqual(10);
    for (const { title, description } of MENU) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
    }
  });

  it('names no command and no intent twice', () => {
    const intents = COMMAND_LIST.flatMap((command) => command.intents);
    expect(new Set(intents).size).toBe(intents.length);
    expect(new Set(COMMANDS.map(({ title }) => title)).size).toBe(COMMANDS.length);
  });
});

describe('which command carries out an answer', () => {
  it.each([
    ['its request', anAnswer({ intent: 'unknown', request: { kind: 'scan' } }), scanNow],
    [
      'its request to move the alerts',
      anAnswer({ intent: 'set-channel', request: { kind: 'set-channel' } }),
      postAlertsHere,
    ],
    [
      'its request to end a rule, whatever it was read as',
      standing({ kind: 'end-rule', ruleId: 'r' }),
      changeRule,
    ],
    ['its request to extend a rule', standing({ kind: 'extend-rule', ruleId: 'r', until: 1 }), changeRule],
    ['its request to watch', standing({ kind: 'watch', subject: ADELE }), watch],
    ['its request to stop watching', standing({ kind: 'unwatch', subject: ADELE }), watch],
    [
      'its request to be quiet',
      standing({ kind: 'snooze', subject: ADELE, until: 1, reason: 'Leave' }),
      beQuiet,
    ],
    ['its request to speak up', standing({ kind: 'wake', silenceId: 's' }), beQuiet],
    ['its intent', anAnswer({ intent: 'who-changed' }), whoChanged],
  ])('is decided by %s', (_name, answer, command) => {
    expect(commandFor(answer)).toMatchObject(command);
  });

  it.each([
    ['a question that no command lists', anAnswer({ intent: 'seats' })],
    [
      'an incident to show',
      anAnswer({ intent: 'reassign', request: { kind: 'show-incident', incident: anIncidentView() } }),
    ],
    ['a scan that the answer does not ask for', anAnswer({ intent: 'scan' })],
    ['a question back: whom to watch', anAnswer({ intent: 'watch' })],
  ])('is the plain answer for %s, which readers may have', (_name, answer) => {
    expect(commandFor(answer).role).toBe('reader');
  });
});

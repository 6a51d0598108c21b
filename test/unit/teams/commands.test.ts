import { describe, expect, it } from 'vitest';
import { COMMAND_LIST, COMMANDS, commandFor } from '../../../src/teams/commands/index.ts';
import { postAlertsHere } from '../../../src/teams/commands/post-alerts-here.ts';
import { scanNow } from '../../../src/teams/commands/scan-now.ts';
import { whoChanged } from '../../../src/teams/commands/who-changed.ts';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident-view.ts';

describe('the list of commands', () => {
  it('fits into the command menu of Teams', () => {
    expect(COMMANDS.length).toBeLessThanOrEqual(10);
    for (const { title, description } of COMMANDS) {
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
    ['its intent', anAnswer({ intent: 'who-changed' }), whoChanged],
  ])('is decided by %s', (_name, answer, command) => {
    expect(commandFor(answer)).toBe(command);
  });

  it.each([
    ['a question that no command lists', anAnswer({ intent: 'seats' })],
    [
      'an incident to show',
      anAnswer({ intent: 'reassign', request: { kind: 'show-incident', incident: anIncidentView() } }),
    ],
    ['a scan that the answer does not ask for', anAnswer({ intent: 'scan' })],
  ])('is the plain answer for %s, which readers may have', (_name, answer) => {
    expect(commandFor(answer).role).toBe('reader');
  });
});

import { describe, expect, it } from 'vitest';
import { type AccountsAsked, accountsIn } from '../../../../src/language/details/accounts.ts';

const read = (text: string): AccountsAsked => accountsIn({ text, words: [], spans: [] });

describe('which accounts a sentence is about', () => {
  it.each<[string, AccountsAsked['accounts'], AccountsAsked['holding']]>([
    ['who has no license', [], 'none'],
    ['unlicensed users', [], 'none'],
    ['blocked accounts with a license', ['disabled'], 'any'],
    ['disabled people who still have licenses', ['disabled'], 'any'],
    ['accounts that are disabled but licensed', ['disabled'], 'any'],
    ['who is blocked and has a licence', ['disabled'], 'any'],
    ['licenses of people who may not sign in', ['disabled'], 'any'],
    ['blocked removals of licenses', [], 'any'],
    ['list of all guest users', ['guest'], null],
    ['guests with any license', ['guest'], 'any'],
    ['guests with a paid license', ['guest'], 'paid'],
    ['guests without a license', ['guest'], 'none'],
    ['external members', ['external', 'member'], null],
    ['external users with licenses', ['external'], 'any'],
    ['members of a group with licenses', [], 'any'],
    ['gesperrte Benutzer mit Lizenz', ['disabled'], 'any'],
    ['Gäste ohne Lizenz', ['guest'], 'none'],
    ['wer hat keine Lizenz', [], 'none'],
    ['gasten zonder licentie', ['guest'], 'none'],
    ['geblokkeerde accounts met een licentie', ['disabled'], 'any'],
    ['comptes bloqués avec une licence', ['disabled'], 'any'],
    ['invités sans licence', ['guest'], 'none'],
    ['usuarios bloqueados con licencia', ['disabled'], 'any'],
    ['invitados sin licencia', ['guest'], 'none'],
  ])('%s', (text, accounts, holding) => {
    expect(read(text)).toMatchObject({ accounts, holding });
  });

  it.each<[string, AccountsAsked['path']]>([
    ['who has it by a group only', 'only-group'],
    ['who has it only through a group', 'only-group'],
    ['who has it via a group', 'group'],
    ['who has it directly', 'direct'],
    ['who has it only directly', 'only-direct'],
    ['wer hat es nur über eine Gruppe', 'only-group'],
    ['wie heeft het alleen via een groep', 'only-group'],
    ['qui l’a uniquement par un groupe', 'only-group'],
    ['quién lo tiene solo por un grupo', 'only-group'],
    ['who has it', null],
  ])('%s: how it reaches them', (text, path) => {
    expect(read(text).path).toBe(path);
  });
});

import { describe, expect, it } from 'vitest';
import { read, told } from './the-directory.ts';

/** The range or length of a sentence, with now on Monday 23 November 2026 at 10:30 UTC. */
function timeIn(text: string): string | number | null {
  const { range, days } = told(read(text));
  return range ?? days;
}

const DECEMBER = '2026-12-01T00:00:00Z 2027-01-01T00:00:00Z';
const NEXT_WEEK = '2026-11-30T00:00:00Z 2026-12-07T00:00:00Z';
const REST_OF_NOVEMBER = '2026-11-23T10:30:00Z 2026-12-01T00:00:00Z';

describe('a time that lies ahead', () => {
  it.each([
    ['which subscriptions expire next month', DECEMBER],
    ['welche Abos laufen nächsten Monat ab', DECEMBER],
    ['welche Abos laufen kommenden Monat ab', DECEMBER],
    ['welke abonnementen lopen volgende maand af', DECEMBER],
    ['wat verloopt aankomende maand', DECEMBER],
    ['quels abonnements expirent le mois prochain', DECEMBER],
    ['qué suscripciones vencen el mes que viene', DECEMBER],
    ['quali abbonamenti scadono il mese prossimo', DECEMBER],
    ['o que expira no próximo mês', DECEMBER],
    ['o que vence no mês que vem', DECEMBER],
    ['qué vence la semana que viene', NEXT_WEEK],
    ['cosa scade la settimana prossima', NEXT_WEEK],
    ['o que vence na semana que vem', NEXT_WEEK],
    ['was läuft nächste Woche ab', NEXT_WEEK],
  ])('%s', (text, expected) => {
    expect(read(text).intent).toBe('expiring');
    expect(timeIn(text)).toBe(expected);
  });

  it.each([
    ['what expires this month', REST_OF_NOVEMBER],
    ['qué vence este mes', REST_OF_NOVEMBER],
    ['what expires this week', '2026-11-23T10:30:00Z 2026-11-30T00:00:00Z'],
    ['what expires on Friday', '2026-11-27T00:00:00Z 2026-11-28T00:00:00Z'],
    ['what expires on 3 December', '2026-12-03T00:00:00Z 2026-12-04T00:00:00Z'],
    ['qué caduca el lunes que viene', '2026-11-30T00:00:00Z 2026-12-01T00:00:00Z'],
  ])('begins now, or is the next such day, of what is to come: %s', (text, expected) => {
    expect(timeIn(text)).toBe(expected);
  });

  it.each([
    ['who lost a license this month', '2026-11-01T00:00:00Z 2026-11-23T10:30:00Z'],
    ['who lost a license on Friday', '2026-11-20T00:00:00Z 2026-11-21T00:00:00Z'],
    ['what changed on 3 December', '2025-12-03T00:00:00Z 2025-12-04T00:00:00Z'],
  ])('is none of what has happened: %s', (text, expected) => {
    expect(timeIn(text)).toBe(expected);
  });
});

describe('for how much longer a rule is kept', () => {
  it.each([
    ['verleng regel 2 met een maand', 30],
    ['verleng regel 2 nog een week', 7],
    ['verlängere Regel 2 um einen Monat', 30],
    ['verlängere Regel 2 um eine Woche', 7],
    ["prolonge la règle 2 d'un mois", 30],
    ["prolonge la règle 2 d'un an", 365],
    ['prolonga la regla 2 un mes más', 30],
    ['prolonga la regla 2 por un mes', 30],
    ['extend rule 2 by a month', 30],
    ['keep rule 2 for another month', 30],
    ['extend rule 2 another week', 7],
    ['extend rule 2 by one more month', 30],
    ['extend rule 2 by 3 weeks', 21],
  ])('%s', (text, days) => {
    expect(read(text)).toMatchObject({ intent: 'extend-rule', rule: 2, days, range: null });
  });
});

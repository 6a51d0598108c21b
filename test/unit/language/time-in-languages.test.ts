import { describe, expect, it } from 'vitest';
import { read, told } from './the-directory.ts';

/** "2026-11-20T00:00:00Z" → "11-20", so that a table can be read. All times are UTC, of 2026 where no year is said. */
const short = (iso: string): string =>
  iso
    .replace(/^2026-/, '')
    .replace(/T00:00:00Z$/, '')
    .replace(/:00Z$/, '');

/** The range, or the length, that a sentence says, with now on Monday 23 November 2026 at 10:30. */
function timeIn(text: string): string | null {
  const { range, days } = told(read(text));
  return range === null ? (days === null ? null : `${days} days`) : range.split(' ').map(short).join(' to ');
}

const NOW = '11-23T10:30';

describe('a time is read in German', () => {
  it.each([
    ['wer hat seit Montag eine Lizenz verloren', `11-16 to ${NOW}`],
    ['wer hat am Montag eine Lizenz verloren', '11-16 to 11-17'],
    ['wer hat letzten Freitag eine Lizenz verloren', '11-20 to 11-21'],
    ['wer hat letzte Woche eine Lizenz verloren', '11-16 to 11-23'],
    ['verlorene Lizenzen vorige Woche', '11-16 to 11-23'],
    ['verlorene Lizenzen vergangene Woche', '11-16 to 11-23'],
    ['verlorene Lizenzen in der letzten Woche', '11-16 to 11-23'],
    ['verlorene Lizenzen der letzten 7 Tage', `11-16T10:30 to ${NOW}`],
    ['verlorene Lizenzen in den letzten zwei Wochen', `11-09T10:30 to ${NOW}`],
    ['verlorene Lizenzen vor zwei Tagen', '11-21 to 11-22'],
    ['verlorene Lizenzen vor einer Woche', '11-16 to 11-17'],
    ['verlorene Lizenzen vor einer Stunde', `11-23T09:30 to ${NOW}`],
    ['verlorene Lizenzen in der letzten halben Stunde', `11-23T10:00 to ${NOW}`],
    ['verlorene Lizenzen letzte Nacht', '11-22T18:00 to 11-23'],
    ['verlorene Lizenzen heute Morgen', `11-23 to ${NOW}`],
    ['verlorene Lizenzen heute früh', `11-23 to ${NOW}`],
    ['verlorene Lizenzen gestern Abend', '11-22T18:00 to 11-23'],
    ['verlorene Lizenzen gestern Nachmittag', '11-22T12:00 to 11-22T18:00'],
    ['verlorene Lizenzen am Freitagnachmittag', '11-20T12:00 to 11-20T18:00'],
    ['verlorene Lizenzen vorgestern', '11-21 to 11-22'],
    ['verlorene Lizenzen am Wochenende', '11-21 to 11-23'],
    ['verlorene Lizenzen zwischen dem 3. und dem 9. November', '11-03 to 11-10'],
    ['verlorene Lizenzen vom 3. bis 9. November', '11-03 to 11-10'],
    ['verlorene Lizenzen zwischen Montag und Mittwoch', '11-16 to 11-19'],
    ['verlorene Lizenzen am 3. November', '11-03 to 11-04'],
    ['verlorene Lizenzen am 3.', '11-03 to 11-04'],
    ['verlorene Lizenzen am 12.11.2026', '11-12 to 11-13'],
    ['verlorene Lizenzen am 12.11.', '11-12 to 11-13'],
    ['verlorene Lizenzen seit dem 12.11.', `11-12 to ${NOW}`],
    ['verlorene Lizenzen seit 9 Uhr', `11-23T09:00 to ${NOW}`],
    ['verlorene Lizenzen seit gestern 14 Uhr', `11-22T14:00 to ${NOW}`],
    ['verlorene Lizenzen seit gestern 14:30 Uhr', `11-22T14:30 to ${NOW}`],
    ['verlorene Lizenzen diesen Monat', `11-01 to ${NOW}`],
    ['verlorene Lizenzen im letzten Monat', '10-01 to 11-01'],
    ['verlorene Lizenzen im Vormonat', '10-01 to 11-01'],
    ['verlorene Lizenzen im Oktober', '10-01 to 11-01'],
    ['verlorene Lizenzen im letzten Quartal', '07-01 to 10-01'],
    ['verlorene Lizenzen im dritten Quartal', '07-01 to 10-01'],
    ['verlorene Lizenzen dieses Jahr', `01-01 to ${NOW}`],
    ['verlorene Lizenzen seit Anfang November', `11-01 to ${NOW}`],
    ['verlorene Lizenzen seit Jahresbeginn', `01-01 to ${NOW}`],
    ['verlorene Lizenzen seit Anfang des Monats', `11-01 to ${NOW}`],
    ['verlorene Lizenzen seit letzter Woche', `11-16 to ${NOW}`],
    ['verlorene Lizenzen in den letzten 24 Stunden', `11-22T10:30 to ${NOW}`],
  ])('%s', (text, expected) => {
    expect(timeIn(text)).toBe(expected);
  });
});

describe('a time is read in Dutch', () => {
  it.each([
    ['wie is sinds maandag een licentie kwijt', `11-16 to ${NOW}`],
    ['verloren licenties op maandag', '11-16 to 11-17'],
    ['verloren licenties afgelopen vrijdag', '11-20 to 11-21'],
    ['verloren licenties vorige week', '11-16 to 11-23'],
    ['verloren licenties afgelopen week', '11-16 to 11-23'],
    ['verloren licenties in de afgelopen week', '11-16 to 11-23'],
    ['verloren licenties de afgelopen 7 dagen', `11-16T10:30 to ${NOW}`],
    ['verloren licenties in de laatste twee weken', `11-09T10:30 to ${NOW}`],
    ['verloren licenties afgelopen maand', '10-01 to 11-01'],
    ['verloren licenties twee dagen geleden', '11-21 to 11-22'],
    ['verloren licenties een week geleden', '11-16 to 11-17'],
    ['verloren licenties een uur geleden', `11-23T09:30 to ${NOW}`],
    ['verloren licenties een half uur geleden', `11-23T10:00 to ${NOW}`],
    ['verloren licenties het afgelopen half uur', `11-23T10:00 to ${NOW}`],
    ['verloren licenties het afgelopen uur', `11-23T09:30 to ${NOW}`],
    ['verloren licenties gisteravond', '11-22T18:00 to 11-23'],
    ['verloren licenties gisterochtend', '11-22 to 11-22T12:00'],
    ['verloren licenties gistermiddag', '11-22T12:00 to 11-22T18:00'],
    ['verloren licenties vanochtend', `11-23 to ${NOW}`],
    ['verloren licenties vanmorgen', `11-23 to ${NOW}`],
    ['verloren licenties eergisteren', '11-21 to 11-22'],
    ['verloren licenties vrijdagmiddag', '11-20T12:00 to 11-20T18:00'],
    ['verloren licenties afgelopen weekend', '11-21 to 11-23'],
    ['verloren licenties in het weekend', '11-21 to 11-23'],
    ['verloren licenties tussen 3 en 9 november', '11-03 to 11-10'],
    ['verloren licenties van 3 tot en met 9 november', '11-03 to 11-10'],
    ['verloren licenties van 3 t/m 9 november', '11-03 to 11-10'],
    ['verloren licenties tussen maandag en woensdag', '11-16 to 11-19'],
    ['verloren licenties op 3 november', '11-03 to 11-04'],
    ['verloren licenties op de 3e', '11-03 to 11-04'],
    ['verloren licenties op 12-11-2026', '11-12 to 11-13'],
    ['verloren licenties sinds 9 uur', `11-23T09:00 to ${NOW}`],
    ['verloren licenties sinds gisteren 14:00', `11-22T14:00 to ${NOW}`],
    ['verloren licenties deze maand', `11-01 to ${NOW}`],
    ['verloren licenties vorige maand', '10-01 to 11-01'],
    ['verloren licenties in oktober', '10-01 to 11-01'],
    ['verloren licenties vorig kwartaal', '07-01 to 10-01'],
    ['verloren licenties dit jaar', `01-01 to ${NOW}`],
    ['verloren licenties sinds begin november', `11-01 to ${NOW}`],
    ['verloren licenties sinds vorige week', `11-16 to ${NOW}`],
  ])('%s', (text, expected) => {
    expect(timeIn(text)).toBe(expected);
  });
});

describe('a time is read in French', () => {
  it.each([
    ['qui a perdu une licence depuis lundi', `11-16 to ${NOW}`],
    ['qui a perdu une licence lundi', '11-16 to 11-17'],
    ['qui a perdu une licence vendredi dernier', '11-20 to 11-21'],
    ['qui a perdu une licence la semaine dernière', '11-16 to 11-23'],
    ['licences perdues la semaine passée', '11-16 to 11-23'],
    ['licences perdues ces 7 derniers jours', `11-16T10:30 to ${NOW}`],
    ['licences perdues les 7 derniers jours', `11-16T10:30 to ${NOW}`],
    ['licences perdues au cours des deux dernières semaines', `11-09T10:30 to ${NOW}`],
    ['licences perdues ces deux dernières semaines', `11-09T10:30 to ${NOW}`],
    ['licences perdues dans les dernières 24 heures', `11-22T10:30 to ${NOW}`],
    ['licences perdues il y a deux jours', '11-21 to 11-22'],
    ['licences perdues il y a une semaine', '11-16 to 11-17'],
    ['licences perdues il y a une heure', `11-23T09:30 to ${NOW}`],
    ['licences perdues il y a une demi-heure', `11-23T10:00 to ${NOW}`],
    ['licences perdues la nuit dernière', '11-22T18:00 to 11-23'],
    ['licences perdues hier soir', '11-22T18:00 to 11-23'],
    ['licences perdues hier matin', '11-22 to 11-22T12:00'],
    ['licences perdues hier après-midi', '11-22T12:00 to 11-22T18:00'],
    ['licences perdues ce matin', `11-23 to ${NOW}`],
    ["licences perdues aujourd'hui", `11-23 to ${NOW}`],
    ['licences perdues avant-hier', '11-21 to 11-22'],
    ['licences perdues vendredi après-midi', '11-20T12:00 to 11-20T18:00'],
    ['licences perdues le week-end dernier', '11-21 to 11-23'],
    ['licences perdues entre le 3 et le 9 novembre', '11-03 to 11-10'],
    ['licences perdues du 3 au 9 novembre', '11-03 to 11-10'],
    ['licences perdues entre lundi et mercredi', '11-16 to 11-19'],
    ['licences perdues le 3 novembre', '11-03 to 11-04'],
    ['licences perdues le 1er novembre', '11-01 to 11-02'],
    ['licences perdues le 3', '11-03 to 11-04'],
    ['licences perdues le 12/11/2026', '11-12 to 11-13'],
    ['licences perdues depuis le 12/11', `11-12 to ${NOW}`],
    ['licences perdues depuis 9h', `11-23T09:00 to ${NOW}`],
    ['licences perdues depuis 9h30', `11-23T09:30 to ${NOW}`],
    ['licences perdues depuis hier 14h', `11-22T14:00 to ${NOW}`],
    ['licences perdues ce mois-ci', `11-01 to ${NOW}`],
    ['licences perdues le mois dernier', '10-01 to 11-01'],
    ['licences perdues en octobre', '10-01 to 11-01'],
    ['licences perdues au dernier trimestre', '07-01 to 10-01'],
    ['licences perdues le trimestre dernier', '07-01 to 10-01'],
    ['licences perdues cette année', `01-01 to ${NOW}`],
    ['licences perdues depuis début novembre', `11-01 to ${NOW}`],
    ['licences perdues depuis le début du mois', `11-01 to ${NOW}`],
    ["licences perdues depuis le début de l'année", `01-01 to ${NOW}`],
    ['licences perdues cette semaine', `11-23 to ${NOW}`],
  ])('%s', (text, expected) => {
    expect(timeIn(text)).toBe(expected);
  });
});

describe('a time is read in Spanish', () => {
  it.each([
    ['quién perdió una licencia desde el lunes', `11-16 to ${NOW}`],
    ['quién perdió una licencia el lunes', '11-16 to 11-17'],
    ['quién perdió una licencia el viernes pasado', '11-20 to 11-21'],
    ['quién perdió una licencia la semana pasada', '11-16 to 11-23'],
    ['licencias perdidas la última semana', '11-16 to 11-23'],
    ['licencias perdidas en los últimos 7 días', `11-16T10:30 to ${NOW}`],
    ['licencias perdidas en las últimas dos semanas', `11-09T10:30 to ${NOW}`],
    ['licencias perdidas en las últimas 24 horas', `11-22T10:30 to ${NOW}`],
    ['licencias perdidas hace dos días', '11-21 to 11-22'],
    ['licencias perdidas hace una semana', '11-16 to 11-17'],
    ['licencias perdidas hace una hora', `11-23T09:30 to ${NOW}`],
    ['licencias perdidas hace media hora', `11-23T10:00 to ${NOW}`],
    ['licencias perdidas en la última media hora', `11-23T10:00 to ${NOW}`],
    ['licencias perdidas anoche', '11-22T18:00 to 11-23'],
    ['licencias perdidas ayer por la tarde', '11-22T12:00 to 11-22T18:00'],
    ['licencias perdidas ayer por la mañana', '11-22 to 11-22T12:00'],
    ['licencias perdidas ayer por la noche', '11-22T18:00 to 11-23'],
    ['licencias perdidas esta mañana', `11-23 to ${NOW}`],
    ['licencias perdidas hoy', `11-23 to ${NOW}`],
    ['licencias perdidas anteayer', '11-21 to 11-22'],
    ['licencias perdidas el viernes por la tarde', '11-20T12:00 to 11-20T18:00'],
    ['licencias perdidas el fin de semana', '11-21 to 11-23'],
    ['licencias perdidas este fin de semana', '11-21 to 11-23'],
    ['licencias perdidas entre el 3 y el 9 de noviembre', '11-03 to 11-10'],
    ['licencias perdidas del 3 al 9 de noviembre', '11-03 to 11-10'],
    ['licencias perdidas entre el lunes y el miércoles', '11-16 to 11-19'],
    ['licencias perdidas el 3 de noviembre', '11-03 to 11-04'],
    ['licencias perdidas el día 3', '11-03 to 11-04'],
    ['licencias perdidas el 12/11/2026', '11-12 to 11-13'],
    ['licencias perdidas desde el 12 de noviembre', `11-12 to ${NOW}`],
    ['licencias perdidas desde las 9', `11-23T09:00 to ${NOW}`],
    ['licencias perdidas desde las 9:30', `11-23T09:30 to ${NOW}`],
    ['licencias perdidas este mes', `11-01 to ${NOW}`],
    ['licencias perdidas el mes pasado', '10-01 to 11-01'],
    ['licencias perdidas en octubre', '10-01 to 11-01'],
    ['licencias perdidas el último trimestre', '07-01 to 10-01'],
    ['licencias perdidas el trimestre pasado', '07-01 to 10-01'],
    ['licencias perdidas este año', `01-01 to ${NOW}`],
    ['licencias perdidas desde principios de noviembre', `11-01 to ${NOW}`],
    ['licencias perdidas desde la semana pasada', `11-16 to ${NOW}`],
    ['licencias perdidas esta semana', `11-23 to ${NOW}`],
  ])('%s', (text, expected) => {
    expect(timeIn(text)).toBe(expected);
  });
});

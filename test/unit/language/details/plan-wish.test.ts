import { describe, expect, it } from 'vitest';
import { planWish } from '../../../../src/language/details/plan-wish.ts';

describe('what a sentence wants of service plans', () => {
  it.each([
    'turn off Sway for Lee',
    'switch Teams off for Lidia',
    'can you switch off Sway for Lee',
    'disable Teams for Rick',
    'Sway off for Nestor',
    'Whiteboard for Lynne: disable',
    'Chris wants Sway switched off',
    'take Yammer out of Miriam’s E5',
    'Wei shouldn’t have Stream, switch it off please',
    'schalt Sway bei Grady aus',
    'Teams soll bei Ricardo weg',
    'forms bei miriam deaktivieren',
    'zet Sway uit bij Isaiah',
    'teams uitzetten bij Grady',
    'coupe Teams chez Wei',
    'désactive Teams pour Chris',
    'apágale Sway a Lee',
    'desactiva Teams para Chris',
  ])('to switch off: %s', (text) => {
    expect(planWish(text)).toEqual({ planTurn: 'off' });
  });

  it.each([
    'enable Teams for Rick',
    'turn Sway back on for Zoe',
    'give Ricardo Teams, the plan is off',
    'Exchange on for Joni',
    'Teams is off for Johanna, please switch it on',
    'Bitte aktivieren Sie Teams für Adele',
    'schalt bei Diego Teams ein',
    'zet Exchange weer aan bij Isaiah',
    'kan bookings weer aan bij joni',
    'rallume Exchange chez Isaiah',
    'rends-lui Planner à José, il était désactivé',
    'habilítale OneDrive a Lidia',
    'vuelve a encender Exchange a Isaiah',
  ])('to switch on: %s', (text) => {
    expect(planWish(text)).toEqual({ planTurn: 'on' });
  });

  it.each([
    'who has Exchange off',
    'which plans of Lee are switched off',
    'is the plan disabled in her license?',
    'who switched off Sway for Lee',
    'bei wem ist Teams abgeschaltet',
    'welke diensten staan uit bij Lynne',
    'Adele n’a pas Teams, le plan est désactivé ?',
    'qué servicios tiene apagados Lynne',
    'people whose OneDrive plan isn’t active',
    'have a look whether the plan is disabled',
  ])('to know what is off: %s', (text) => {
    expect(planWish(text)).toEqual({ planState: 'off' });
  });

  it.each([
    'is Teams on in my licence',
    'who has Planner switched on',
    'hat Megan Teams aktiv',
    'Teams est activé pour Adele ?',
  ])('to know what is on: %s', (text) => {
    expect(planWish(text)).toEqual({ planState: 'on' });
  });

  it.each([
    'does Lee have Teams',
    'service plans of Lee',
    'what is in Business Standard',
    'difference between E3 and E5',
    'give me the service plans of Lee',
    'was ist an, was aus',
    'show all plans on Mark’s licences',
  ])('nothing of the kind: %s', (text) => {
    expect(planWish(text)).toEqual({});
  });
});

import { describe, expect, it } from 'vitest';
import { indexDirectory } from '../../../src/language/names/directory-index.ts';
import { readSentence } from '../../../src/language/sentence/read-sentence.ts';
import { DIRECTORY, NOW, told } from './the-directory.ts';

const INDEX = indexDirectory(DIRECTORY);
const CONTEXT = { directory: DIRECTORY, now: NOW, timeZone: 'UTC', asker: null };
/** How the tables call the products. */
const CALLED: Readonly<Record<string, string>> = {
  SPE_E3: 'M365-E3',
  ENTERPRISEPACK: 'O365-E3',
  SPE_E5: 'E5',
  STANDARDPACK: 'E1',
  O365_BUSINESS_PREMIUM: 'Standard',
  SPB: 'Premium',
  VISIOCLIENT: 'Visio',
  Microsoft_365_Copilot: 'Copilot',
  FLOW_FREE: 'Flow',
};

/** What a sentence names, whatever it asks for: people; products; groups; what is to be asked about. */
function namedIn(text: string): string {
  const { people, skus, groups, unresolved } = told(readSentence(text, CONTEXT, INDEX).parts);
  const products = skus.map((sku) => CALLED[sku] ?? sku).sort();
  return [people, products, groups, unresolved].map((names) => names.join(', ')).join('; ');
}

describe('the groups that a sentence names', () => {
  it.each([
    ['who is in All Sales', '; ; All Sales; '],
    ['who is in all sales', '; ; All Sales; '],
    ['who is in the All Sales group', '; ; All Sales; '],
    ['who is in the group "All Sales"', '; ; All Sales; '],
    ['members of the finance team', '; ; Finance Team; '],
    ['members of Finance Teem', '; ; Finance Team; '],
    ['is Lee in Fiannce Team', 'leeg; ; Finance Team; '],
    ['who is in LIC-M365-E3', '; ; LIC-M365-E3; '],
    ['who is in lic m365 e3', '; ; LIC-M365-E3; '],
    ['who is in LIC_M365_E3', '; ; LIC-M365-E3; '],
    ['who is in LICM365E3', '; ; LIC-M365-E3; '],
    ['who is in LIC-E3', '; ; ; lic-e3'],
    ['lost licenses of LIC-E3', '; ; ; lic-e3'],
    ['who lost licenses in LIC-E9', '; ; ; lic-e9'],
    ['licenses of the members of SG-Visio', '; ; ; sg-visio'],
    ['add Adele to LIC-E5', 'adelev; ; ; lic-e5'],
    ['add Adele to the Contractors group', 'adelev; ; ; contractors'],
    ['who is in the Contractors group', '; ; ; contractors'],
    ['who is in the group Contractors', '; ; ; contractors'],
    ['wie zit er in de groep Inhuur', '; ; ; inhuur'],
    ['qui est dans le groupe Prestataires', '; ; ; prestataires'],
    ['quién está en el grupo Becarios', '; ; ; becarios'],
    ['wer ist in der Gruppe All Sales', '; ; All Sales; '],
    ['wie zit er in de Finance Team groep', '; ; Finance Team; '],
    ['qui est dans le groupe Finance Team', '; ; Finance Team; '],
    ['quién está en el grupo LIC-M365-E5', '; ; LIC-M365-E5; '],
    ['which groups is Rick in', 'rick; ; ; '],
    ['which groups give E3', '; M365-E3, O365-E3; ; '],
    ['what does LIC-M365-E3 give', '; ; LIC-M365-E3; '],
    ['remove Lee from Finance Team', 'leeg; ; Finance Team; '],
    ['put Megan into All Sales', 'meganb; ; All Sales; '],
    ['licenses of everybody in All Sales', '; ; All Sales; '],
    ['licenses of all sales people', '; ; ; '],
    ['who is in the Sales group', '; ; All Sales; '],
    ['who is in the E5 group', '; ; LIC-M365-E5; '],
    ['watch the LIC-M365-E3 group', '; ; LIC-M365-E3; '],
    ['keep an eye on the Executives group', '; ; ; executives'],
    ['lost licenses in Sales', '; ; ; '],
    ['lost licenses in Finance last week', '; ; ; '],
    ['who has E5 in HR', '; E5; ; '],
    ['who in Finance has E5', '; E5; ; '],
    ['export the licenses of Finance', '; ; ; '],
    ['export all licenses of HR', '; ; ; '],
    ['who changed licenses in Marketing', '; ; ; '],
    ['licenses of the Sales department', '; ; ; '],
    ['licenses in IT', '; ; ; '],
    ['unused licenses in R&D', '; ; ; '],
    ['history of the legal team', '; ; ; '],
  ])('%s', (text, expected) => {
    expect(namedIn(text)).toBe(expected);
  });
});

describe('the services that a sentence names', () => {
  it.each([
    ['does Lee have Teams', 'leeg; ; ; '],
    ['who has Teams', '; ; ; '],
    ['who has Exchange Online', '; ; ; '],
    ['does Adele have Sway', 'adelev; ; ; '],
    ['turn off Sway for Adele', 'adelev; ; ; '],
    ['switch Teams on for Rick', 'rick; ; ; '],
    ['disable Yammer for Lee', 'leeg; ; ; '],
    ['is SharePoint part of E3', '; M365-E3, O365-E3; ; '],
    ['does E3 contain Intune', '; M365-E3, O365-E3; ; '],
    ['does Business Premium include Defender for Business', '; Premium; ; '],
    ['which plans of E5 does Rick use', 'rick; E5; ; '],
    ['difference between E3 and E5', '; E5, M365-E3, O365-E3; ; '],
    ['service plans of Lee', 'leeg; ; ; '],
    ['is Exchange down', '; ; ; '],
    ['is there an outage of SharePoint Online', '; ; ; '],
    ['is Microsoft Teams down', '; ; ; '],
    ['are there problems with OneDrive', '; ; ; '],
    ['does Megan have Planner', 'meganb; ; ; '],
    ['export who has Teams', '; ; ; '],
    ['who removed Exchange from Rick', 'rick; ; ; '],
    ['does Rick have Power Automate', 'rick; Flow; ; '],
    ['does Rick have the Whiteboard', 'rick; ; ; '],
    ['does Rick have Forms', 'rick; ; ; '],
    ['hat Lee Teams', 'leeg; ; ; '],
    ['heeft Lee SharePoint', 'leeg; ; ; '],
    ['Lee a-t-il Exchange', 'leeg; ; ; '],
    ['tiene Lee OneDrive', 'leeg; ; ; '],
    ['Teams für Lee abschalten', 'leeg; ; ; '],
    ['who has Project', '; ; ; project'],
    ['who has F3', '; ; ; f3'],
    ['who has Teams Premium', '; ; ; teams premium'],
    ['who has Visio Plan 1', '; ; ; visio plan 1'],
  ])('%s', (text, expected) => {
    expect(namedIn(text)).toBe(expected);
  });
});

describe('the products on both sides that a sentence names', () => {
  it.each([
    ['move Lee from E3 to E5', 'leeg; E5, M365-E3, O365-E3; ; '],
    ['upgrade Adele to E5', 'adelev; E5; ; '],
    ['downgrade Rick from Business Premium to Business Standard', 'rick; Premium, Standard; ; '],
    ['swap E3 for E5 for Lee', 'leeg; E5, M365-E3, O365-E3; ; '],
    ['users with both E3 and E5', '; E5, M365-E3, O365-E3; ; '],
    ['Stufe Adele von E3 auf E5 hoch', 'adelev; E5, M365-E3, O365-E3; ; '],
    ['zet Lee om van E3 naar E5', 'leeg; E5, M365-E3, O365-E3; ; '],
    ['passe Megan de E3 à E5', 'meganb; E5, M365-E3, O365-E3; ; '],
    ['cambia a Lee de E3 a E5', 'leeg; E5, M365-E3, O365-E3; ; '],
    ['who has no license', '; ; ; '],
    ['who has no E3', '; M365-E3, O365-E3; ; '],
    ['wer hat kein Visio', '; Visio; ; '],
    ['wie heeft geen Copilot', '; Copilot; ; '],
    ["qui n'a pas de Visio", '; Visio; ; '],
    ['quién no tiene Visio', '; Visio; ; '],
  ])('%s', (text, expected) => {
    expect(namedIn(text)).toBe(expected);
  });
});

describe('the products in compounds that a sentence names', () => {
  it.each([
    ['E5-Lizenz von Rick', 'rick; E5; ; '],
    ['Visio-Lizenzen', '; Visio; ; '],
    ['M365-E3 users', '; M365-E3; ; '],
    ['Copilot-Lizenz für Mark', 'mark.copilot; Copilot; ; '],
    ['non-E3 users', '; M365-E3, O365-E3; ; '],
    ['who has M365-E5', '; E5; ; '],
  ])('%s', (text, expected) => {
    expect(namedIn(text)).toBe(expected);
  });
});

describe('the people that a sentence names', () => {
  it.each([
    ['licenses of Mr. Gu', 'leeg; ; ; '],
    ['licenses of Vance, Adele', 'adelev; ; ; '],
    ['licenses of adele.vance', 'adelev; ; ; '],
    ['licences of patti f', 'pattif; ; ; '],
    ['licences of Rick or Lee', 'leeg, rick; ; ; '],
    ['licenses of Rick & Lee', 'leeg, rick; ; ; '],
    ['licenses of rick/lee', 'leeg, rick; ; ; '],
    ['licenses of Rick, Lee, Adele and Bob', 'adelev, leeg, rick; ; ; bob'],
    ['licenses of anna', '; ; ; anna'],
    ['history of Anna K', 'anna.kowalska; ; ; '],
    ['history of Chris N.', 'chrisn; ; ; '],
    ['licenses of Meagn Bowen', 'meganb; ; ; '],
    ['licenses of Adelle', 'adelev; ; ; '],
    ['licenses of Johana Lorens', 'johannal; ; ; '],
    ['licenses of Bjoern', 'bjorn.akesson; ; ; '],
    ['licenses of Jose', 'jose.alvarez; ; ; '],
    ['licenses of Siobhan', 'siobhan.obrien; ; ; '],
    ['licenses of MEGAN BOWEN', 'meganb; ; ; '],
    ['licenses of bowen', 'meganb; ; ; '],
    ['licences de Zoé Muller', 'zoe.mueller; ; ; '],
    ['Lizenzen von Zoe Mueller', 'zoe.mueller; ; ; '],
    ['who is Ricks manager', 'rick; ; ; '],
    ['who gave Googel an E5', '; E5; ; googel'],
  ])('%s', (text, expected) => {
    expect(namedIn(text)).toBe(expected);
  });
});

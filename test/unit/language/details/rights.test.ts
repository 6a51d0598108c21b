import { describe, expect, it } from 'vitest';
import { rightsAsked } from '../../../../src/language/details/rights.ts';

describe('what a question about roles is about', () => {
  it.each([
    ['what may I do', { mine: true }],
    ['may I approve', { mine: true, for: 'operator' }],
    ['am I an owner', { mine: true, for: 'owner' }],
    ['which role do I need to end a rule', { mine: true, for: 'owner' }],
    ['was darf ich hier', { mine: true }],
    ['darf ich Regeln anlegen', { mine: true, for: 'owner' }],
    ['darf ich scannen', { mine: true, for: 'operator' }],
    ['welche Rechte habe ich', { mine: true }],
    ['mag ik licenties toewijzen', { mine: true, for: 'operator' }],
    ['puis-je approuver', { mine: true, for: 'operator' }],
    ['puedo aprobar', { mine: true, for: 'operator' }],
    ['who may do what here', null],
    ['who are the operators', { for: 'operator' }],
    ['wer kann Anträge genehmigen', { for: 'operator' }],
    ['who is global admin', { directoryRole: 'Global Administrator' }],
    ['list the global administrators', { directoryRole: 'Global Administrator' }],
    ['wer ist Global Admin', { directoryRole: 'Global Administrator' }],
    ['who are our license administrators', { directoryRole: 'License Administrator' }],
    ['wer ist bei uns Lizenzadministrator', { directoryRole: 'License Administrator' }],
    ['who has the Billing Administrator role', { directoryRole: 'Billing Administrator' }],
    ['who are the global readers', { directoryRole: 'Global Reader' }],
  ])('%s', (text, rights) => {
    expect(rightsAsked(text)).toEqual(rights);
  });
});

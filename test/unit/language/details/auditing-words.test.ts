import { describe, expect, it } from 'vitest';
import { auditingAsked } from '../../../../src/language/details/auditing-words.ts';

describe('what a question about the logs is about', () => {
  it.each([
    ['is auditing on', 'state'],
    ['is the audit log of Microsoft turned on', 'state'],
    ['was auditing off at any time this year', 'state'],
    ['is mailbox audit on', 'state'],
    ['ist Auditing eingeschaltet?', 'state'],
    ['ist das Auditing gerade an', 'state'],
    ['staat auditing aan?', 'state'],
    ['staat de audit nu aan', 'state'],
    ["l'audit unifié est bien activé chez nous ?", 'state'],
    ['está encendida la auditoría ahora?', 'state'],
    ['está habilitado el UAL', 'state'],
    ['Do I need to turn this audit logging manually on?', 'how-to'],
    ['wie kann ich das Auditing aktivieren', 'how-to'],
    ['hoe kan ik auditing inschakelen', 'how-to'],
    ["comment activer l'audit", 'how-to'],
    ['cómo puedo activar la auditoría', 'how-to'],
    ['how long does Microsoft keep the audit log', 'retention'],
    ['for how many days are audit records kept', 'retention'],
    ['do you keep the audit log for a year', 'retention'],
    ['Wie lange werden die Audit-Protokolle aufbewahrt?', 'retention'],
    ['hoe lang bewaar je de gebeurtenissen', 'retention'],
    ['on garde les journaux combien de jours', 'retention'],
    ['cuánto tiempo se guardan los datos de auditoría', 'retention'],
    ['are the audit logs complete', null],
    ['zijn de auditlogs compleet', null],
    ['gab es Lücken im Protokoll', null],
    ['hay huecos en el log de auditoria', null],
    ['did we lose any audit records on Saturday', null],
    ['how long does it take until an event shows up in your log', null],
    ['which logs do you collect', null],
  ])('%s: %s', (text, asked) => {
    expect(auditingAsked(text)).toBe(asked);
  });
});

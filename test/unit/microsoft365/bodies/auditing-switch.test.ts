import { describe, expect, it } from 'vitest';
import { auditingSwitchOf } from '../../../../src/microsoft365/bodies/audit/auditing-switch.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';

describe('the switch in a record', () => {
  const switchIn = (rest: object, result: 'success' | 'failure' = 'success') => {
    const event = anAuditEvent({ operation: 'Set-AdminAuditLogConfig', result });
    return auditingSwitchOf(event, JSON.stringify({ Operation: 'Set-AdminAuditLogConfig', ...rest }));
  };
  const name = 'UnifiedAuditLogIngestionEnabled';

  it.each<[string, object, 'on' | 'off' | null]>([
    ['a list of names and values', { Parameters: [{ Name: name, Value: 'False' }] }, 'off'],
    [
      'with others before it',
      {
        Parameters: [
          { Name: 'Identity', Value: 'x' },
          { Name: name, Value: 'True' },
        ],
      },
      'on',
    ],
    ['a boolean', { Parameters: [{ Name: name, Value: false }] }, 'off'],
    ['as PowerShell writes it', { Parameters: [{ Name: `-${name}`, Value: '$false' }] }, 'off'],
    ['in small letters', { parameters: [{ name: name.toLowerCase(), value: 'false' }] }, 'off'],
    ['an object', { Parameters: { [name]: 'False' } }, 'off'],
    ['a list as text', { Parameters: JSON.stringify([{ Name: name, Value: 'False' }]) }, 'off'],
    ['a command line', { Parameters: `-${name} $false -Force` }, 'off'],
    ['a text of pairs', { Parameters: `Identity: Default; ${name}: True` }, 'on'],
    ['a list of texts', { Parameters: [`${name}=False`] }, 'off'],
    [
      'modified properties',
      { ModifiedProperties: [{ Name: name, OldValue: 'True', NewValue: 'False' }] },
      'off',
    ],
    ['values in lists', { Parameters: [{ Name: name, Value: ['False'] }] }, 'off'],
    [
      'inside AuditData',
      { AuditData: JSON.stringify({ Parameters: [{ Name: name, Value: 'False' }] }) },
      'off',
    ],
    ['another parameter only', { Parameters: [{ Name: 'AdminAuditLogAgeLimit', Value: 'False' }] }, null],
    ['no parameters', {}, null],
  ])('%s', (_form, rest, state) => expect(switchIn(rest)).toBe(state));

  it('a run that failed switches nothing', () => {
    expect(switchIn({ Parameters: [{ Name: name, Value: 'False' }] }, 'failure')).toBeNull();
  });
});

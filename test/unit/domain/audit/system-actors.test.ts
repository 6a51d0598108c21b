import { describe, expect, it } from 'vitest';
import { systemActor, systemActorOf } from '../../../../src/domain/audit/system-actors.ts';

describe('well-known services', () => {
  it.each([
    ['Microsoft Azure AD Group-Based Licensing', 'group-licensing', 'look further'],
    ['Microsoft Entra group-Based Licensing', 'group-licensing', 'look further'],
    ['Microsoft Entra ID Group-Based Licensing', 'group-licensing', 'look further'],
    ['PropagationService', 'group-licensing', 'look further'],
    ['Microsoft Approval Management', 'dynamic-membership', 'look further'],
    ['Sync_FS01_1a2b3c@fabrikam.onmicrosoft.com', 'directory-sync', 'final'],
    ['Microsoft Azure AD Connect', 'directory-sync', 'final'],
    ['Azure AD Cloud Sync', 'directory-sync', 'final'],
    ['On-Premises Directory Synchronization Service Account', 'directory-sync', 'final'],
    ['DirectorySync', 'directory-sync', 'final'],
    ['Signup', 'sign-up', 'final'],
  ])('%s: %s, %s', (name, role, answer) => {
    expect(systemActor(name)).toMatchObject({ role, answer });
  });

  it.each([
    ['Offboarding runbook'],
    ['syncopation@fabrikam.example'],
    ['ines.duarte@fabrikam.example'],
    [null],
  ])('%s is no service', (name) => {
    expect(systemActor(name)).toBeNull();
  });

  const person = { kind: 'user', id: 'ines', name: 'ines@fabrikam.example' } as const;

  it('the client that carried a change out does not hide the person behind it', () => {
    expect(systemActorOf({ actor: person, actionClient: 'PropagationService' })).toBeNull();
  });

  it('the directory sync is the answer also under the name of an account', () => {
    expect(systemActorOf({ actor: person, actionClient: 'DirectorySync' })).toMatchObject({
      role: 'directory-sync',
    });
  });

  it('a record that names nobody is known by its client', () => {
    expect(systemActorOf({ actor: null, actionClient: 'PropagationService' })).toMatchObject({
      role: 'group-licensing',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { NO_ACCESS } from '../../../../src/domain/access/access.ts';
import { accessOf, type Grant, grantOver } from '../../../../src/domain/access/grant.ts';

const over = (...ids: string[]): ReadonlySet<string> => new Set(ids);
const operatorOver = (...ids: string[]): Grant => ({ role: 'operator', users: over(...ids) });
const readerOver = (...ids: string[]): Grant => ({ role: 'reader', users: over(...ids) });
const everybody = (role: Grant['role']): Grant => ({ role, users: null });

describe('what all grants of a person come to', () => {
  it.each<[string, Grant[], ReturnType<typeof accessOf>]>([
    ['nothing', [], NO_ACCESS],
    ['a reader', [everybody('reader')], { role: 'reader', sees: null, acts: over() }],
    ['an operator', [everybody('operator')], { role: 'operator', sees: null, acts: null }],
    ['an owner', [everybody('owner')], { role: 'owner', sees: null, acts: null }],
    ['an operator of a unit', [operatorOver('a')], { role: 'operator', sees: over('a'), acts: over('a') }],
    ['a reader of a unit', [readerOver('a')], { role: 'reader', sees: over('a'), acts: over() }],
    [
      'an operator of two units',
      [operatorOver('a', 'b'), operatorOver('b', 'c')],
      { role: 'operator', sees: over('a', 'b', 'c'), acts: over('a', 'b', 'c') },
    ],
    [
      'a reader of everybody who operates in a unit',
      [everybody('reader'), operatorOver('a')],
      { role: 'operator', sees: null, acts: over('a') },
    ],
    [
      'a reader of one unit who operates in another',
      [readerOver('a'), operatorOver('b')],
      { role: 'operator', sees: over('a', 'b'), acts: over('b') },
    ],
    [
      'an operator of everybody and of a unit',
      [operatorOver('a'), everybody('operator')],
      { role: 'operator', sees: null, acts: null },
    ],
    ['an operator of an empty unit', [operatorOver()], { role: 'operator', sees: over(), acts: over() }],
  ])('%s', (_name, grants, access) => {
    expect(accessOf(grants)).toEqual(access);
    expect(accessOf(grants.toReversed())).toEqual(access);
  });

  it('owning is never by way of a unit', () => {
    expect(grantOver('owner', over('a'))).toEqual(operatorOver('a'));
    expect(grantOver('operator', over('a'))).toEqual(operatorOver('a'));
    expect(grantOver('reader', over('a'))).toEqual(readerOver('a'));
  });

  it('keeps the scope of a single unit as it is, so that what is kept by it is found again', () => {
    const unit = over('adele', 'rick');
    const { sees, acts } = accessOf([grantOver('operator', unit), grantOver('reader', over('rick'))]);
    expect(sees).toBe(unit);
    expect(acts).toBe(unit);
  });
});

import { expect, it } from 'vitest';
import { Verdict } from '../../../src/storage/incidents/verdict-json.ts';
import { aVerdict } from '../../builders/audit/verdict.ts';

const link = (what: string) => ({ at: 1, what, evidence: [] });

it('knows a membership near a change in rows that were written before rows said so', () => {
  const row = aVerdict({
    chain: [
      link('Near it, and not known to be its cause: Anna removed Nora from the group LIC-E3.'),
      link('Anna removed the license.'),
    ],
  });
  const read = Verdict.parse(JSON.parse(JSON.stringify(row)));
  expect(read.chain.map(({ near }) => near)).toEqual(['membership', undefined]);
  expect(Verdict.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
});

import { describe, expect, it } from 'vitest';
import { factsOf, INTENT_NAMES, isAbout, isBare } from '../../../src/language/facts.ts';
import { COMMAND_LIST } from '../../../src/teams/commands/index.ts';

const those = (fits: (intent: (typeof INTENT_NAMES)[number]) => boolean) => INTENT_NAMES.filter(fits);

describe('the facts of the intents', () => {
  it('keep the names that cards and scripts hold, in their order, with new ones at the end', () => {
    expect(INTENT_NAMES.slice(0, 36)).toEqual(
      (
        'who-changed history user-licenses lost-licenses incidents seats unused expiring cost assignment-errors ' +
        'duplicates guests sku-users audit-by audit-on coverage status help export reassign assign remove scan ' +
        'set-channel snooze wake decisions rules end-rule extend-rule watch unwatch watched no-alert small-talk unknown'
      ).split(' '),
    );
    expect(INTENT_NAMES.slice(36)).toEqual(
      'swap gained-licenses unlicensed groups plans directory roles service-issues routes settings set-setting right-size needless add-ons doctor'.split(
        ' ',
      ),
    );
  });

  it('let nobody below an operator carry anything out', () => {
    // The doctor changes nothing, and what it tells of the set-up is for owners.
    const unlike = those((intent) => factsOf(intent).writes === (factsOf(intent).role === 'reader'));
    expect(unlike).toEqual(['doctor']);
    expect(those((intent) => factsOf(intent).role === 'owner')).toEqual([
      'set-channel',
      'end-rule',
      'extend-rule',
      'set-setting',
      'doctor',
    ]);
  });

  it('show to everybody only what names nobody', () => {
    expect(those((intent) => factsOf(intent).tells !== 'people')).toEqual([
      'seats',
      'expiring',
      'coverage',
      'help',
      'small-talk',
      'unknown',
      'service-issues',
      'doctor',
    ]);
  });

  it('ask for nothing that a sentence of the intent cannot name', () => {
    for (const intent of INTENT_NAMES) {
      const { needs } = factsOf(intent);
      if (needs.length > 0) expect(isBare(intent), intent).toBe(false);
      if (needs.includes('people')) expect(isAbout(intent, 'people'), intent).toBe(true);
    }
  });

  it('give every intent of a command the same role', () => {
    for (const { title, intents, role } of COMMAND_LIST) {
      expect(new Set(intents.map((intent) => factsOf(intent).role)), title).toEqual(new Set([role]));
    }
  });
});

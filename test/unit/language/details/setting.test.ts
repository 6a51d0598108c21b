import { describe, expect, it } from 'vitest';
import { understand } from '../../../../src/language/conversation/understand.ts';
import { indexDirectory } from '../../../../src/language/names/directory-index.ts';
import type { SettingAsked } from '../../../../src/language/query.ts';
import { DIRECTORY as directory, NOW } from '../the-directory.ts';

const index = indexDirectory(directory);
const read = (text: string) =>
  understand(text, { directory, now: NOW, timeZone: 'Europe/Amsterdam', asker: null, previous: null }, index);

/** None of these is among the sentences that the model learned from. */
describe('what a sentence sets', () => {
  it.each<[string, SettingAsked]>([
    ['set quiet hours to 22:00-07:00', { name: 'QUIET_HOURS', value: '22:00-07:00' }],
    ['set the quiet hours to 21:30-06:45', { name: 'QUIET_HOURS', value: '21:30-06:45' }],
    ['change quiet hours to Mon-Fri 18:00-08:00', { name: 'QUIET_HOURS', value: 'Mon-Fri 18:00-08:00' }],
    ['quiet hours should be 10pm to 6am', { name: 'QUIET_HOURS', value: '22:00-06:00' }],
    ['please turn off the quiet hours', { name: 'QUIET_HOURS', value: null }],
    ['set retention to 400 days', { name: 'AUDIT_RETENTION_DAYS', value: '400' }],
    ['keep audit records for 3 years', { name: 'AUDIT_RETENTION_DAYS', value: '1095' }],
    ['set the time zone to Europe/Vienna', { name: 'TIME_ZONE', value: 'Europe/Vienna' }],
    ['use Asia/Tokyo as the time zone', { name: 'TIME_ZONE', value: 'Asia/Tokyo' }],
    ['change the mass loss threshold to 12%', { name: 'MASS_LOSS_PERCENT', value: '12' }],
    ['set settle minutes to 7', { name: 'SETTLE_MINUTES', value: '7' }],
    ['set the digest to 6:45', { name: 'DIGEST_TIME', value: '06:45' }],
    ['require a second approver for every reassign', { name: 'REQUIRE_SECOND_APPROVER', value: 'true' }],
    ['require a second approver above 35 users', { name: 'SECOND_APPROVER_ABOVE_USERS', value: '35' }],
    ['do not require a second approver', { name: 'REQUIRE_SECOND_APPROVER', value: 'false' }],
    ['escalate after 45 minutes', { name: 'ESCALATE_AFTER_MINUTES', value: '45' }],
    [
      'set the owners to the group Tenant Owners',
      { name: 'OWNER_GROUP_ID', value: 'the group Tenant Owners' },
    ],
    ['set the operator roles to User Administrator', { name: 'OPERATOR_ROLES', value: 'User Administrator' }],
    [
      "name the product FABRIKAM_Z 'Fabrikam Zed'",
      { name: 'PRODUCT_NAMES', product: 'FABRIKAM_Z', value: 'Fabrikam Zed' },
    ],
    ['set the price of SPE_E5 to 57 USD', { name: 'PRICE_LIST', product: 'SPE_E5', value: '57 USD' }],
    ['set KEEP_SENTENCES to off', { name: 'KEEP_SENTENCES', value: 'false' }],
    ['set DATABASE_URL to postgres://a:b@c/d', { name: 'DATABASE_URL' }],
    ['set the client secret to hunter2', { name: 'AAD_APP_CLIENT_SECRET' }],
    ['stelle die Ruhezeiten auf 19:00-08:00', { name: 'QUIET_HOURS', value: '19:00-08:00' }],
    ['ändere die Zeitzone auf Europe/Vienna', { name: 'TIME_ZONE', value: 'Europe/Vienna' }],
    ['règle les heures calmes sur 21h-7h', { name: 'QUIET_HOURS', value: '21:00-07:00' }],
    ['pon las horas de silencio a 21:00-08:00', { name: 'QUIET_HOURS', value: '21:00-08:00' }],
    ['zet de stille uren op 19:30-07:30', { name: 'QUIET_HOURS', value: '19:30-07:30' }],
    ['zet de bewaartermijn op 200 dagen', { name: 'AUDIT_RETENTION_DAYS', value: '200' }],
    ['imposta il fuso orario su Europe/Malta', { name: 'TIME_ZONE', value: 'Europe/Malta' }],
    ['define as horas de silêncio para 20:00-08:00', { name: 'QUIET_HOURS', value: '20:00-08:00' }],
  ])('%s', (text, setting) => {
    const query = read(text);
    expect({ intent: query.intent, setting: query.setting }).toEqual({ intent: 'set-setting', setting });
  });

  it.each<[string, string | undefined]>([
    ['settings', undefined],
    ['show settings please', undefined],
    ['what are the quiet hours', 'QUIET_HOURS'],
    ['which time zone is set', 'TIME_ZONE'],
    ['what is the audit retention', 'AUDIT_RETENTION_DAYS'],
    ['welche Zeitzone ist eingestellt', 'TIME_ZONE'],
    ['quelles sont les heures calmes', 'QUIET_HOURS'],
    ['cuáles son las horas de silencio', 'QUIET_HOURS'],
    ['hoe lang is de bewaartermijn', 'AUDIT_RETENTION_DAYS'],
  ])('%s', (text, name) => {
    const query = read(text);
    expect({ intent: query.intent, name: query.setting?.name }).toEqual({ intent: 'settings', name });
  });
});

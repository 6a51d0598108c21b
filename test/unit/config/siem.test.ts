import { describe, expect, it } from 'vitest';
import { Settings } from '../../../src/config/settings.ts';
import { readSiem } from '../../../src/config/siem.ts';

const read = (env: Record<string, string>) => {
  const settings = new Settings(env);
  return { siem: readSiem(settings), problems: settings.problems };
};

describe('the settings of a SIEM', () => {
  it.each([
    ['https://siem.example/in', 'https://siem.example/in'],
    ['syslog+tls://siem.example', 'syslog+tls://siem.example'],
    ['http://127.0.0.1:9200/in', 'http://127.0.0.1:9200/in'],
  ])('take %s', (text, url) => {
    expect(read({ SIEM_URL: text })).toEqual({ siem: { url, token: null, format: 'ocsf' }, problems: [] });
  });

  it.each([
    ['no address', { SIEM_URL: 'siem' }, /^Set SIEM_URL to an address/],
    ['an open channel', { SIEM_URL: 'http://siem.example/in' }, /^Set SIEM_URL to an address/],
    ['syslog in the clear', { SIEM_URL: 'syslog://siem.example' }, /^Set SIEM_URL to an address/],
    ['a password in the address', { SIEM_URL: 'https://u:p@siem.example/' }, /^Set SIEM_URL to an address/],
    ['a token for nobody', { SIEM_TOKEN: 'x' }, /^Set SIEM_URL to where/],
    ['a token for syslog', { SIEM_URL: 'syslog+tls://s.example', SIEM_TOKEN: 'x' }, /^Leave SIEM_TOKEN out/],
    [
      'another form',
      { SIEM_URL: 'https://s.example', SIEM_FORMAT: 'cef' },
      /^Set SIEM_FORMAT to ocsf or raw/,
    ],
  ])('refuse %s', (_, env, sentence) => {
    expect(read(env).problems).toEqual([expect.stringMatching(sentence)]);
  });
});

import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { anEnvironment } from '../../builders/environment.ts';

const routing = (env: Environment) => {
  const loaded = loadConfig(anEnvironment(env));
  return loaded.ok ? loaded.config.routing : loaded.problems;
};

describe('the settings of routing', () => {
  it('hold nothing back and call nobody where nothing is set', () => {
    expect(routing({})).toEqual({ path: null, quiet: [], digestAt: 8 * 60, escalateAfterMs: null });
  });

  it('are read', () => {
    expect(
      routing({
        ROUTES_PATH: './routes.yml',
        QUIET_HOURS: 'Sat-Sun 00:00-24:00',
        DIGEST_TIME: '7:30',
        ESCALATE_AFTER_MINUTES: '30',
      }),
    ).toEqual({
      path: './routes.yml',
      quiet: [{ days: [6, 7], from: 0, to: 24 * 60 }],
      digestAt: 7 * 60 + 30,
      escalateAfterMs: 30 * MINUTE_MS,
    });
  });

  it.each<[Environment, string]>([
    [{ QUIET_HOURS: 'all day' }, 'Set QUIET_HOURS to hours such as 22:00-07:00'],
    [{ QUIET_HOURS: '00:00-24:00' }, 'Set QUIET_HOURS to hours such as'],
    [{ DIGEST_TIME: '24:00' }, 'Set DIGEST_TIME to a time of day such as 08:00; it is now "24:00".'],
    [{ DIGEST_TIME: '08:70' }, 'Set DIGEST_TIME to a time of day'],
    [
      { ESCALATE_AFTER_MINUTES: '0' },
      'Set ESCALATE_AFTER_MINUTES to a whole number of minutes from 1 to 10080',
    ],
  ])('%j is a problem', (env, problem) => {
    expect(routing(env)).toEqual([expect.stringContaining(problem)]);
  });

  it('say where an escalation would call nobody', () => {
    const warnings = (env: Environment) => {
      const loaded = loadConfig(anEnvironment({ ESCALATE_AFTER_MINUTES: '30', ...env }));
      return loaded.ok ? loaded.warnings : loaded.problems;
    };
    expect(warnings({})).toEqual([expect.stringContaining('ESCALATE_AFTER_MINUTES mentions nobody')]);
    expect(warnings({ ON_CALL: 'user:lee@contoso.com', ON_CALL_NAME: 'Lee' })).toEqual([]);
    expect(warnings({ ROUTES_PATH: 'routes.yml' })).toEqual([]);
  });
});

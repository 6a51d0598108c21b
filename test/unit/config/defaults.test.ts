import { expect, it } from 'vitest';
import { settingsTable } from '../../../scripts/settings-table.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { type Environment, Settings } from '../../../src/config/settings.ts';
import { Text } from '../../../src/config/values.ts';
import { VARIABLES, type Variable } from '../../../src/config/variables.ts';
import { anEnvironment } from '../../builders/environment.ts';

const LIST: readonly Variable[] = VARIABLES;
const DEFAULTS = LIST.flatMap(({ name, fallback }) => (fallback === null ? [] : [{ name, fallback }]));

/** With what settings need beside them, so that each default counts. */
const read = (over: Environment = {}) =>
  loadConfig(anEnvironment({ OPENAI_API_KEY: 'key', OPERATIONS_PORT: '9100', ...over }));

it.each(DEFAULTS)(
  '$name is $fallback when it is not set, as the list of settings says',
  ({ name, fallback }) => {
    expect(read({ [name]: undefined })).toEqual(read({ [name]: fallback }));
    expect(read({ [name]: undefined }).ok).toBe(true);
    expect(settingsTable()).toMatch(new RegExp(`^\\| \`${name}\` \\| .* Default: \`[^|]*\`\\.`, 'm'));
  },
);

it('takes no default from anywhere but the list', () => {
  const settings = new Settings({});
  expect(settings.readOrDefault('OPENAI_MODEL', Text)).toBe('gpt-4o-mini');
  expect(() => settings.readOrDefault('OPENAI_API_KEY', Text)).toThrow('no default');
});

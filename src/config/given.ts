import { type Environment, Settings } from './settings.ts';
import { VARIABLES } from './variables.ts';

const SECRETS: ReadonlySet<string> = new Set(
  VARIABLES.filter(({ secret }) => secret).map(({ name }): string => name),
);

/** The settings that the environment gives, as texts and without secrets: what chat cannot change. */
function givenIn(env: Environment): Record<string, string> {
  const settings = new Settings(env);
  return Object.fromEntries(
    VARIABLES.flatMap(({ name }) => {
      const text = SECRETS.has(name) ? null : settings.text(name);
      return text === null ? [] : [[name, text]];
    }),
  );
}

/** Beside each config what it was read from: the config itself is only what was checked. */
const GIVEN = new WeakMap<object, Environment>();

/** Notes what a config was read from. */
export const noteGiven = (config: object, env: Environment): void => void GIVEN.set(config, givenIn(env));

/**
 * The settings that the environment gives to a config, as texts and without secrets: chat changes the others. Throws for a
 * config that `loadConfig` has not made: whether the environment wins could not be told.
 */
export function givenOf(config: object): Environment {
  const given = GIVEN.get(config);
  if (given === undefined) throw new Error('the config was not read by loadConfig');
  return given;
}

/** What the doctor found about one thing. Sentences hold no secret, and nothing of a token. */
export type Finding = {
  /** Such as `token.graph`, `permission.User.Read.All` or `database.write`. */
  check: string;
  /** Null: it could not be tried, and the detail says why. A warning is true. */
  ok: boolean | null;
  detail: string;
  /** The exact command or place that puts it right; empty where nothing is wrong. */
  fix: string;
  /** Lines for a shell, for `doctor --fix`; without any the fix stands there as a comment. */
  commands: readonly string[];
};

type Mending = { fix: string; commands?: readonly string[] };

/** It works. A fix makes it a warning: what will be wrong soon. */
export const good = (
  check: string,
  detail: string,
  { fix = '', commands = [] }: Partial<Mending> = {},
): Finding => ({
  check,
  ok: true,
  detail,
  fix,
  commands,
});

/** It does not work, and this puts it right. */
export const bad = (check: string, detail: string, { fix, commands = [] }: Mending): Finding => ({
  check,
  ok: false,
  detail,
  fix,
  commands,
});

/** It could not be tried. */
export const untried = (check: string, detail: string, fix = ''): Finding => ({
  check,
  ok: null,
  detail,
  fix,
  commands: [],
});

/** Whether something will be wrong soon, or is less than it should be, and works. */
export const isWarning = ({ ok, fix }: Pick<Finding, 'ok' | 'fix'>): boolean => ok === true && fix !== '';

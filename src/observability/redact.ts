const SECRET_KEY = /authorization|cookie|token|secret|password|assertion|api[-_]?key|databaseurl/i;
/** Bearer tokens, JSON Web Tokens, and the password inside an address, wherever in a text they stand. */
const SECRET_TEXT = /Bearer\s+[\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi;
const MASK = '[redacted]';
const DEEPEST = 8;
const MAX_LIST_LENGTH = 100;

/**
 * A copy of a value that may be logged: fields named like secrets are masked at any depth, tokens are
 * masked inside texts, and what is nested or repeated without end is cut. Never throws.
 */
export function redact(value: unknown): unknown {
  return copy(value, 0, new WeakSet());
}

function copy(value: unknown, depth: number, above: WeakSet<object>): unknown {
  if (typeof value === 'string') return value.replace(SECRET_TEXT, MASK);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return copyError(value, depth, above);
  if (depth >= DEEPEST || above.has(value)) return '[cut]';
  above.add(value);
  const result = Array.isArray(value)
    ? value.slice(0, MAX_LIST_LENGTH).map((item) => copy(item, depth + 1, above))
    : copyFields(value, depth, above);
  above.delete(value);
  return result;
}

function copyFields(value: object, depth: number, above: WeakSet<object>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const hidden = SECRET_KEY.test(key) && field !== null && typeof field !== 'number';
    fields[key] = hidden ? MASK : copy(field, depth + 1, above);
  }
  return fields;
}

/** Fields that libraries hang on their errors, such as the request with its headers, are cut to the code. */
function copyError(error: Error, depth: number, above: WeakSet<object>): unknown {
  if (depth >= DEEPEST || above.has(error)) return '[cut]';
  above.add(error);
  const code = 'code' in error ? error.code : undefined;
  const result = {
    type: error.name,
    ...(code === undefined ? {} : { code: copy(code, depth + 1, above) }),
    message: copy(error.message, depth + 1, above),
    stack: copy(error.stack, depth + 1, above),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, depth + 1, above) }),
  };
  above.delete(error);
  return result;
}

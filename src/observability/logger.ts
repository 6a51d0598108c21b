import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';
import { redact } from './redact.ts';
import { createRepeats, kindOf } from './repeats.ts';

/** Pino’s number of the level `warn`. */
const WARN = 40;

/** Messages are fixed strings; what varies goes into the object before them. */
export type Logger = PinoLogger;

export type LoggerOptions = {
  level: string;
  /** `serve` logs to stdout; commands that print data log to stderr. */
  to: 'stdout' | 'stderr' | DestinationStream;
  /** For counting what repeats, ms UTC; the machine’s unless given. */
  now?: () => number;
};

/**
 * The root logger: one JSON line a record, with secrets masked. It writes synchronously, so that the last
 * lines before a crash are there. A warning or an error that repeats is written three times, and counted from then
 * on: one line says how many there were. `flush` says it at the end.
 */
export function createLogger(options: LoggerOptions): Logger {
  const repeats = createRepeats(options.now ?? Date.now);
  const root = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => maskedFields(fields),
      },
      // Pino would otherwise serialize errors itself, with every field that a library put on them.
      serializers: { err: redact, error: redact },
      hooks: {
        logMethod(args, write, level) {
          const [fields, message] = args;
          if (level < WARN || typeof fields !== 'object' || fields === null || message === undefined) {
            return write.apply(this, args);
          }
          const bound = JSON.stringify(this.bindings());
          const say = (repeated: number): void => write.apply(this, [{ ...fields, repeated }, message]);
          const kind = kindOf(level, bound, fields, message);
          if (kind === null || repeats.admit(kind, say)) write.apply(this, args);
        },
      },
    },
    destination(options.to),
  );
  const flush = root.flush.bind(root);
  root.flush = (done) => {
    repeats.flush();
    flush(done);
  };
  return root;
}

/** A logger whose lines name the part of the product that wrote them. */
export function componentLogger(
  root: Logger,
  component: string,
  fields: Record<string, unknown> = {},
): Logger {
  // Pino does not format what is bound to a child.
  return root.child({ component, ...maskedFields(fields) });
}

function destination(to: LoggerOptions['to']): DestinationStream {
  if (typeof to !== 'string') return to;
  return pino.destination({ fd: to === 'stdout' ? 1 : 2, sync: true });
}

function maskedFields(fields: object): Record<string, unknown> {
  const masked = redact(fields);
  return typeof masked === 'object' && masked !== null ? { ...masked } : {};
}

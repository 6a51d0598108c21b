import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';
import { redact } from './redact.ts';

/** Messages are fixed strings; what varies goes into the object before them. */
export type Logger = PinoLogger;

export type LoggerOptions = {
  level: string;
  /** `serve` logs to stdout; commands that print data log to stderr. */
  to: 'stdout' | 'stderr' | DestinationStream;
};

/**
 * The root logger: one JSON line a record, with secrets masked. It writes synchronously, so that the last
 * lines before a crash are there.
 */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
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
    },
    destination(options.to),
  );
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

import type { z } from 'zod';
import { TenantReadError } from '../../domain/ports.ts';
import type { Operation } from '../operations.ts';
import type { ExchangeAnswer } from './exchange.ts';
import { failureOfAnswer } from './failure.ts';

/** Throws the TenantReadError that an answer stands for, unless it is a success. */
export function expectSuccess(answer: ExchangeAnswer, operation: Operation): ExchangeAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw failureOfAnswer(answer, operation);
}

/** Parses a successful answer. Throws TenantReadError: what the status stands for, or `malformed`. */
export function readJson<Body>(answer: ExchangeAnswer, schema: z.ZodType<Body>, operation: Operation): Body {
  return fitted(jsonOf(expectSuccess(answer, operation), operation), schema, operation);
}

function jsonOf(answer: ExchangeAnswer, operation: Operation): unknown {
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    throw new TenantReadError('malformed', `The answer to ${operation.what} is not valid JSON.`, { cause });
  }
}

function fitted<Body>(body: unknown, schema: z.ZodType<Body>, operation: Operation): Body {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new TenantReadError(
    'malformed',
    `The answer to ${operation.what} has another form than Microsoft documents (${issueText(parsed.error)}).`,
    { cause: parsed.error },
  );
}

/** Where and why a body does not fit, without any of its values. */
export function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unknown';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}

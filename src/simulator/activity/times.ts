import { DAY_MS, WEEK_MS } from '../durations.ts';
import { Refusal } from '../http/message.ts';

const FORM = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/;

export type Window = { from: number; to: number };

/** UTC without Z, as this API wants its times. */
const instant = (text: string): number => {
  if (!FORM.test(text)) return Number.NaN;
  const full = text.length === 10 ? `${text}T00:00:00` : text.length === 16 ? `${text}:00` : text;
  return Date.parse(`${full}Z`);
};

/** The half-open window of a content request; the 24 hours up to and with now when none is given. Throws AF20030. */
export function windowOf(query: URLSearchParams, now: number): Window {
  const start = query.get('startTime');
  const end = query.get('endTime');
  if (start === null && end === null) return { from: now - DAY_MS, to: now + 1 };
  const from = instant(start ?? '');
  const to = instant(end ?? '');
  const bad =
    Number.isNaN(from) || Number.isNaN(to) || from >= to || to - from > DAY_MS || from < now - WEEK_MS;
  if (bad) {
    throw new Refusal(
      400,
      'AF20030',
      'Start time and end time must both be specified (or both omitted) and must be less than or equal to 24 hours apart, with the start time no more than 7 days in the past.',
    );
  }
  return { from, to };
}

export const activityTime = (at: number): string => new Date(at).toISOString();

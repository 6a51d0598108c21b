/** What a span says: fixed words, counts, and ids of our own. Never ids or names of people, and no address of a call. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * Words from which ids are made: the same words give the same id in every process, so that a trace goes on where the
 * next job, or the next process, takes over, and nothing has to be stored for it.
 */
export type SpanPlace = {
  trace: string;
  /** The span's own; a random one unless given. */
  span?: string;
  /** The span that it hangs below; none for the first of its trace. */
  parent?: string;
};

export type SpanOptions = {
  /** Where it belongs. Without it, below the span around it; with none around, it begins a trace. */
  at?: SpanPlace;
  /** Left out where no span is around it: a call by itself is no story. */
  onlyWithin?: boolean;
  kind?: 'client' | 'producer' | 'consumer';
  facts?: SpanFacts;
  /** When it began, ms UTC; now unless given. */
  startedAt?: number;
};

export type Span = {
  note(facts: SpanFacts): void;
  /** Marks it as failed, by a stable code. An error that leaves the work does so by itself. */
  failed(code: string): void;
};

/** Where traces go. Nothing here throws of its own, and without a receiver nothing is done. */
export interface Tracing {
  /** Whether anybody receives: what only a trace needs is not even looked up otherwise. */
  readonly on: boolean;
  /** Does the work inside a span. */
  within<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** Starts work that belongs to no span, whatever span starts it. */
  apart<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Notes a span without work of its own, such as the time that something waited. */
  note(name: string, options: SpanOptions): void;
}

const SILENT: Span = { note: () => undefined, failed: () => undefined };

/** Traces nothing. */
export const noTracing: Tracing = {
  on: false,
  within: (_name, _options, work) => work(SILENT),
  apart: (work) => work(),
  note: () => undefined,
};

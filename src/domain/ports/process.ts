/** What every room may ask of the process it runs in. Times are ms UTC; ids are lower case. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type NewId = () => string;

/** Called at each named step that a crash could fall between; tests stop the process there. */
export type StepHook = (step: string) => void;

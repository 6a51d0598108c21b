/** One write that was let in: past sign-in, permissions and throttling. */
export type WriteRecord = {
  readonly method: string;
  /** What was written, without `/v1.0` and `$ref`: `/users/{id}/assignLicense`, `/groups/{id}/members/{id}`. */
  readonly target: string;
  /** The body as it was sent, empty where there is none: two writes to one address may be two deeds. */
  readonly body: string;
  /** What was answered; a write was carried out when it is below 300. */
  readonly status: number;
  readonly at: number;
};

/** Every write in order, so that a test can say that Microsoft saw each once. */
export class WriteLog {
  #records: WriteRecord[] = [];

  add(record: WriteRecord): void {
    this.#records.push(record);
  }

  all(): readonly WriteRecord[] {
    return [...this.#records];
  }

  clear(): void {
    this.#records = [];
  }
}

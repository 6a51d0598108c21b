/** How often each route was called, and how many body bytes went out. */
export class CallLog {
  readonly #counts = new Map<string, number>();
  #bytes = 0;

  /** `route` is method and pattern, `GET /v1.0/users/:id`. */
  count(route: string): void {
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
  }

  sent(bytes: number): void {
    this.#bytes += bytes;
  }

  read(): { total: number; bytes: number; routes: Record<string, number> } {
    const routes = Object.fromEntries(this.#counts);
    const total = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    return { total, bytes: this.#bytes, routes };
  }

  clear(): void {
    this.#counts.clear();
    this.#bytes = 0;
  }
}

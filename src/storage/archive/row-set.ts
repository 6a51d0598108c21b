/** Row numbers as stretches without gaps: millions of them take little memory when they follow each other. */
export class RowSet {
  #stretches: [number, number][] = [];
  #sorted = true;
  size = 0;

  /** Adds a row. A row that is added twice counts twice in `size`. */
  add(row: number): void {
    this.size += 1;
    const last = this.#stretches.at(-1);
    if (last && row === last[1] + 1) {
      last[1] = row;
      return;
    }
    if (last && row <= last[1]) this.#sorted = false;
    this.#stretches.push([row, row]);
  }

  has(row: number): boolean {
    this.#sort();
    let [low, high] = [0, this.#stretches.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [from, to] = this.#stretches[middle] ?? [0, -1];
      if (row < from) high = middle - 1;
      else if (row > to) low = middle + 1;
      else return true;
    }
    return false;
  }

  /** Puts stretches in order and joins those that touch. */
  #sort(): void {
    if (this.#sorted) return;
    const joined: [number, number][] = [];
    for (const [from, to] of this.#stretches.sort((one, other) => one[0] - other[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    this.#stretches = joined;
    this.#sorted = true;
  }
}

/** "did you mean level?": the name that is probably meant, with the words around it; empty where none is close. */
export function didYouMean(said: string, names: readonly string[]): string {
  const [near] = names
    .map((name) => ({ name, edits: editsBetween(said.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= (name.length > 4 ? 2 : 1))
    .sort((a, b) => a.edits - b.edits);
  return near ? `: did you mean “${near.name}”?` : '';
}

function editsBetween(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (older[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap));
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

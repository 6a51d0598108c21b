import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { PathInFile } from '../domain/routing/routes-file.ts';

/** A file of a thousand routes has fewer. */
const MAX_NODES = 20_000;
const MAX_DEPTH = 40;

/**
 * Why a document cannot be walked, with its line: an alias that holds itself, or more than anybody writes by hand. Null
 * where it can.
 */
export function endlessPlace(doc: Document, lines: LineCounter): { line: number; message: string } | null {
  let nodes = 0;
  const visit = (node: unknown, open: readonly unknown[]): { line: number; message: string } | null => {
    const line = lineOfNode(node, lines);
    if (++nodes > MAX_NODES || open.length > MAX_DEPTH) {
      return { line, message: 'The file has more in it than anybody can mean, perhaps by its aliases.' };
    }
    if (isAlias(node)) {
      const target = node.resolve(doc);
      if (target === undefined) return { line, message: `There is no anchor “${node.source}”.` };
      if (open.includes(target)) {
        return {
          line,
          message: `The alias “*${node.source}” stands inside what it names, so that these routes would go round in a circle.`,
        };
      }
      return visit(target, open);
    }
    const inside = isPair(node) ? [node.key, node.value] : isMap(node) || isSeq(node) ? node.items : [];
    for (const one of inside) {
      const found = visit(one, [...open, node]);
      if (found) return found;
    }
    return null;
  };
  return visit(doc.contents, []);
}

/** The line, from 1, of a place of the document; of what holds it, where it is not there. */
export function lineOfPath(doc: Document, lines: LineCounter, path: PathInFile): number {
  let node: unknown = doc.contents;
  let line = lineOfNode(node, lines);
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(doc);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === String(step));
      if (!pair) break;
      line = lineOfNode(pair.key, lines);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) break;
      line = lineOfNode(node, lines);
    } else break;
  }
  return line;
}

function lineOfNode(node: unknown, lines: LineCounter): number {
  const at = isPair(node) ? (node.key as Node | null)?.range?.[0] : (node as Node | null)?.range?.[0];
  return at === undefined ? 1 : Math.max(1, lines.linePos(at).line);
}

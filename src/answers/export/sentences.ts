import type { KeptSentence, Store } from '../../domain/ports.ts';
import { type ExportedRow, type ExportTable, iso } from './table.ts';

/** What was typed and not understood, or not clear, with what was offered and chosen; names are `_` in it. */
export const sentencesTable: ExportTable<Pick<Store, 'sentences'>> = {
  columns: ['at', 'language', 'sentence', 'offered', 'pressed'],
  async *rows(store, { range }) {
    for await (const chunk of store.sentences.between(range.from, range.to)) yield chunk.map(rowOf);
  },
};

const rowOf = ({ at, language, sentence, offered, pressed }: KeptSentence): ExportedRow => ({
  cells: [iso(at), language, sentence, offered.join('; '), pressed],
  record: { at: iso(at), language, sentence, offered, pressed },
});

import type { AnswerBlock } from '../../../src/answers/answer/answer.ts';

/** The rows of all tables of an answer. */
export const rowsOf = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));

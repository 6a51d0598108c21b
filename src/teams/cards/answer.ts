import type { Answer } from '../../answers/answer/answer.ts';
import type { ExportRequest } from '../../answers/answer/export-request.ts';
import { type Paging, pagingText } from '../../answers/answer/paging.ts';
import { ANSWER_TEMPLATE } from './answer.template.ts';
import { type AnswerFold, type BlockData, blockData } from './answer-blocks.ts';
import { markdownText, plainText } from './escape-text.ts';
import { type AdaptiveCard, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

/** Teams shows up to six buttons; more than three next steps are a menu nobody asked for. */
const MAX_NEXT = 3;

const MAX_LINKS = 2;

/** A sentence this short is offered whatever is folded. */
const MAX_FOLDED_NEXT = 80;

/** What the `page` action takes, and how many names its query may have to fit into a button. */
const MAX_SENTENCE = 500;
const MAX_NAMED = 10;

const FOLDS: readonly [AnswerFold, ...AnswerFold[]] = [
  { blocks: 12, rows: 100, columns: 8, text: 600 },
  { blocks: 12, rows: 50, columns: 8, text: 400 },
  { blocks: 8, rows: 25, columns: 8, text: 250 },
  // The rows of a page are kept as long as there is a letter to spare: what is folded away has no page of its own.
  { blocks: 8, rows: 25, columns: 8, text: 100 },
  { blocks: 6, rows: 25, columns: 8, text: 40 },
  { blocks: 5, rows: 12, columns: 6, text: 120 },
  { blocks: 3, rows: 5, columns: 6, text: 60 },
  { blocks: 1, rows: 2, columns: 4, text: 40 },
];

/** The data of `answer.template.ts`. Texts are escaped; an empty text leaves its place out. */
export type AnswerCardData = {
  fallback: string;
  lead: string;
  reading: string;
  blocks: BlockData[];
  /** "21–40 of 312" */
  place: string;
  completeUntil: string;
  buttons: Button[];
  links: { title: string; url: string }[];
};

type Button = { title: string; verb: string; data: object; submitted: object };

/**
 * The card of an answer, whatever blocks it has. It stays under Teams' size limit by folding its lists.
 * @param takesFiles whether Teams takes a file from a bot where it stands: only there is the button for one
 */
export const answerCard = (answer: Answer, times: Times, takesFiles = true): AdaptiveCard => {
  const shown = takesFiles ? answer : withoutFile(answer);
  return fitCard(FOLDS, (fold) => renderCard(ANSWER_TEMPLATE, answerCardData(shown, times, fold)));
};

const withoutFile = ({ file: _file, ...answer }: Answer): Answer => answer;

function answerCardData(answer: Answer, times: Times, fold: AnswerFold): AnswerCardData {
  return {
    fallback: plainText(answer.lead, fold.text),
    lead: markdownText(answer.lead, fold.text),
    reading: markdownText(answer.reading ?? '', fold.text),
    blocks: answer.blocks.slice(0, fold.blocks).map((block, index) => blockData(block, index, times, fold)),
    place: answer.paging ? pagingText(answer.paging) : '',
    completeUntil: markdownText(answer.completeUntil ?? '', fold.text),
    buttons: [
      ...(answer.paging ? pageButtons(answer.paging) : []),
      ...answer.next
        .map((sentence, index) => ({ sentence, title: answer.nextTitles?.[index] ?? sentence }))
        .filter(({ sentence }) => sentence.length <= Math.max(fold.text, MAX_FOLDED_NEXT))
        .slice(0, MAX_NEXT)
        .map(({ sentence, title }) => button(shortTitle(title), 'ask', { ask: plainText(sentence) })),
      ...(answer.file ? exportButton(answer.file) : []),
    ],
    links: (answer.links ?? [])
      .slice(0, MAX_LINKS)
      .map(({ title, url }) => ({ title: plainText(title, MAX_TITLE), url })),
  };
}

/** A button of a card 320 px wide has room for so many letters. */
const MAX_TITLE = 34;

/** A button on a phone has room for a name, not for its domain: that is in the sentence it asks. */
const shortTitle = (title: string): string => plainText(title.replace(/@[\w.-]+/g, ''), MAX_TITLE);

const button = (title: string, verb: string, data: object): Button => ({
  title,
  verb,
  data,
  submitted: { verb, ...data },
});

/** A list about more names than have room in a button is asked for in words. */
const exportButton = (file: ExportRequest): Button[] =>
  file.people.length + file.skus.length + file.groups.length > MAX_NAMED
    ? []
    : [button('Export', 'export', file)];

function pageButtons({ page, pages, size, total, query, text }: Paging): Button[] {
  // A query about very many people has no room in a button: its sentence is read again.
  const { people, skus, groups } = query;
  const data = {
    ask: plainText(text, MAX_SENTENCE),
    ...(people.length + skus.length + groups.length > MAX_NAMED ? { intent: query.intent } : { query }),
  };
  const last = total - (pages - 1) * size;
  return [
    ...(page > 1 ? [button(`Previous ${size}`, 'page', { ...data, page: page - 1 })] : []),
    ...(page < pages
      ? [button(`Next ${page + 1 === pages ? last : size}`, 'page', { ...data, page: page + 1 })]
      : []),
  ];
}

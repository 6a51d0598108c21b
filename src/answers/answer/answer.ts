import type { SuppressionRequest } from '../../domain/incident/decision.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import type { Deadline } from '../../domain/restore/deadlines.ts';
import type { PlanView } from '../../domain/restore/plan-view-types.ts';
import type { LicenseRequest } from '../../domain/restore/requests/on-request.ts';
import type { SettingsAsked } from '../../domain/settings/setting-change.ts';
import type { Intent } from '../../language/query.ts';
import type { ExportRequest } from './export-request.ts';
import type { Paging } from './paging.ts';

export type TableBlock = { kind: 'table'; columns: string[]; rows: string[][]; hiddenRows: number };
export type FactsBlock = { kind: 'facts'; facts: { label: string; value: string }[] };
/** Dated sentences, newest first. `at` is ms UTC. */
export type TimelineBlock = {
  kind: 'timeline';
  entries: { at: number; what: string; detail: string | null }[];
  hiddenEntries: number;
};
export type TextBlock = { kind: 'text'; text: string };
/**
 * "Which Chris?": each choice is a sentence to send in place of the first one, with what kind of question it is where
 * that was chosen before.
 */
export type ChoicesBlock = {
  kind: 'choices';
  choices: { label: string; detail: string; ask: string; intent?: Intent }[];
};
/** "Did you mean …?": what a sentence may ask for, the likeliest first. */
export type ReadingsBlock = {
  kind: 'readings';
  readings: OfferedReading[];
  /** Whether one of them names somebody. */
  namePeople: boolean;
  /** By what the sentence is kept, without names; left out where it is not. */
  kept?: string;
};
/** A reading in full, `title` with room in a button, and the sentence that is read so by `intent`. */
export type OfferedReading = { label: string; title: string; intent: Intent; ask: string };
/** Quantities side by side, a bar each; what matters of it is also in a table, as many clients draw no charts. */
export type ChartBlock = {
  kind: 'chart';
  title: string;
  bars: { label: string; parts: { legend: string; value: number; tone: ChartTone }[] }[];
};
export type ChartTone = 'used' | 'free' | 'over' | 'suspended';
/**
 * Times told elsewhere in the answer, to be had in UTC as logs and colleagues abroad have them. `at` and, where
 * something lies between two reads, the earlier one, `since`, are ms UTC.
 */
export type UtcBlock = { kind: 'utc'; times: { label: string; at: number; since?: number }[] };
export type AnswerBlock =
  | TableBlock
  | FactsBlock
  | TimelineBlock
  | TextBlock
  | ChoicesBlock
  | ReadingsBlock
  | ChartBlock
  | UtcBlock;

/** A request that the bot, not the answer, carries out: a card action or a job. */
export type AnswerRequest =
  | { kind: 'scan' }
  /** Everything that the product needs is tried, once. */
  | { kind: 'doctor' }
  | { kind: 'set-channel' }
  | { kind: 'show-incident'; incident: IncidentView }
  /** Not done yet: the bot asks first. `sentence` says what would be done: "Keep an eye on Adele Vance". */
  | { kind: 'stand'; request: SuppressionRequest; sentence: string }
  /** Not done yet: the bot asks first, with the plan, and with what goes when (ms UTC) if licenses are taken. */
  | { kind: 'change-licenses'; request: LicenseRequest; plan: PlanView; deadlines: Deadline[] }
  /** Not done yet: the bot asks first. `sentence` says what would change: “Quiet hours: never → 22:00-07:00”. */
  | { kind: 'set-settings'; asked: SettingsAsked; sentence: string }
  /** The bot asks whether it may put the file into the asker's OneDrive. */
  | { kind: 'export'; request: ExportRequest };

/** An answer as plain data: no layout, no Markdown, texts unescaped. */
export type Answer = {
  intent: Intent;
  /** The first, clear sentence. */
  lead: string;
  blocks: AnswerBlock[];
  /** "State read 10:25; Entra audit log complete to 10:25, unified audit log to 09:40." Null where it says nothing. */
  completeUntil: string | null;
  /** Sentences one might send next. */
  next: string[];
  /** What the buttons of `next` are called, in the same order: people and products by the names that people know. */
  nextTitles?: string[];
  request: AnswerRequest | null;
  /** Pages of Microsoft's about what it tells; https addresses. */
  links?: { title: string; url: string }[];
  /** The whole list as a file, where the answer is one. */
  file?: ExportRequest;
  /** How the sentence was read, or why it was not, when a language model was asked about it. */
  reading?: string;
  /** Where its list has more pages than the one that is shown. */
  paging?: Paging;
};

/** The sentences of an answer below its first one, where its blocks are not shown: what was left out of the question. */
export const textsOf = ({ blocks }: Answer): string[] =>
  blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));

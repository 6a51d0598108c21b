import type { ExportRequest } from '../../answers/answer/export-request.ts';
import type { Access } from '../../domain/access/access.ts';
import { count } from '../../domain/numerals.ts';
import type { FileUploads, NewId } from '../../domain/ports.ts';
import type { Logger } from '../../observability/logger.ts';
import { apology } from '../apology.ts';
import type { Asker, BotServices } from '../services.ts';
import { type FileTurn, type Reply, say, type Turn } from '../turn.ts';
import { elsewhereCard } from './elsewhere-card.ts';
import { failureSentence } from './failure-sentence.ts';
import { FileConsent, type UploadInfo } from './file-consent.ts';
import { createPendingFiles, type OfferedFile } from './pending-files.ts';
import { measure, withTemporaryFile } from './temporary-file.ts';

/** A turn of Teams waits no longer than 15 seconds; what takes longer than this is told later, ms. */
const ANSWER_WITHIN_MS = 3_000;

export type FileConsentOptions = {
  exportFile: BotServices['exportFile'];
  /** Null where Teams takes no files from bots: in the US government clouds GCC High and DoD. */
  uploads: FileUploads | null;
  /** Says something in a conversation after its turn has ended; never throws. */
  tell(reference: string, reply: Reply): Promise<void>;
  /** ms UTC. */
  now: () => number;
  newId: NewId;
  newReference: NewId;
  /** After this long an offer is told later than in its turn, ms. */
  patienceMs?: number;
  log: Logger;
};

type Where = Pick<Turn, 'asker' | 'conversation' | 'reference'>;

/** Hands out lists as files. */
export type FileConsentFlow = {
  /** Offers a list as a file, or says why not here. @param about what else there is to say of it, as sentences */
  offer(request: ExportRequest, where: Where, access: Access, about?: readonly string[]): Promise<Reply>;
  /** What somebody answered to an offer. `access` is theirs now: the file has what they may see now. */
  answer(turn: FileTurn, access: Access): Promise<void>;
  /** Ends what is under way and tells whom it was for. */
  stop(): Promise<void>;
};

/** Work goes on after its turn: Teams does not wait for large files. Each person has one file at a time. */
export function createFileConsentFlow(options: FileConsentOptions): FileConsentFlow {
  const { uploads, log } = options;
  const pending = createPendingFiles(options);
  const stopping = new AbortController();
  const busy = new Set<string>();
  const telling = new Set<Promise<void>>();

  /** Runs work for a person; whatever it throws becomes a sentence with a number. */
  function workFor(asker: Asker, work: () => Promise<Reply>): Promise<Reply> {
    const { aadObjectId } = asker.person;
    busy.add(aadObjectId);
    return work()
      .catch((error: unknown) => failed(error))
      .finally(() => busy.delete(aadObjectId));
  }

  function tellLater(reference: string, work: Promise<Reply>): void {
    const told = work.then((reply) => options.tell(reference, reply)).finally(() => telling.delete(told));
    telling.add(told);
  }

  function failed(error: unknown): Reply {
    const reference = options.newReference();
    if (stopping.signal.aborted) {
      log.info({ reference }, 'a file was given up: the bot stops');
      return say(failureSentence('cancelled', reference));
    }
    log.error({ reference, err: error }, 'a file could not be made');
    return say(apology(reference));
  }

  async function offerOf(
    request: ExportRequest,
    asker: Asker,
    access: Access,
    about: readonly string[],
  ): Promise<Reply> {
    const file = options.exportFile(request, access, asker.person.aadObjectId);
    const { rows, bytes } = await measure(file.lines(), stopping.signal);
    if (rows === 0) return say('The list is empty: there is nothing to put into a file.');
    const fileId = pending.keep({ request, name: file.name }, asker.person.aadObjectId);
    const offered = `${count(rows, 'row')}, as you may see them. I put the file into your OneDrive; this offer holds for an hour.`;
    const description = [...about, offered].join(' ');
    return { kind: 'file-offer', name: file.name, description, sizeInBytes: bytes, fileId };
  }

  async function send(
    { request, name }: OfferedFile,
    place: UploadInfo,
    to: FileUploads,
    access: Access,
    asker: Asker,
  ): Promise<Reply> {
    const { signal } = stopping;
    const { lines, proof } = options.exportFile(request, access, asker.person.aadObjectId);
    const { outcome, proven, rows, size } = await withTemporaryFile(lines(), signal, async (file) => ({
      // Before the upload, which takes its time: the head is to be that of the file.
      proven: await proof?.(),
      outcome: file.rows === 0 ? null : await to.put(place.uploadUrl, file, signal),
      ...file,
    }));
    if (outcome === null) return say('The list is empty by now: there is nothing to put into a file.');
    if (!outcome.ok) {
      const reference = options.newReference();
      log.warn({ reference, reason: outcome.reason, detail: outcome.detail }, 'a file was not taken');
      return say(failureSentence(outcome.reason, reference));
    }
    log.info({ list: request.intent, rows, bytes: size }, 'a file was handed out');
    if (!to.accepts(place.contentUrl))
      return say([`${name} is in your OneDrive.`, proven ?? []].flat().join(' '));
    const { contentUrl, uniqueId, fileType } = place;
    const text = proven === undefined ? {} : { text: proven };
    return { kind: 'file-link', name: place.name, contentUrl, uniqueId, fileType, ...text };
  }

  return {
    async offer(request, { asker, conversation, reference }, access, about = []) {
      if (uploads === null) {
        return say(
          'Teams takes no files from bots in this cloud. In a terminal, “license-watch export "<question>"” writes it.',
        );
      }
      if (conversation.kind !== 'personal') return elsewhereCard(conversation.botId);
      if (busy.has(asker.person.aadObjectId)) return say(STILL_BUSY);
      const offer = workFor(asker, () => offerOf(request, asker, access, about));
      const soon = await within(options.patienceMs ?? ANSWER_WITHIN_MS, offer);
      if (soon) return soon;
      tellLater(reference, offer);
      return say('That is a long list. I am counting it, and offer it here in a moment.');
    },

    async answer(turn, access) {
      const { person } = turn.asker;
      const consent = FileConsent.safeParse(turn.value);
      if (!consent.success || uploads === null) {
        const fields = consent.error?.issues.map((issue) => issue.path.join('.'));
        log.info({ by: person.aadObjectId, fields }, 'an answer about a file does not fit');
        return turn.reply(say('I cannot read this answer. Please ask for the file again.'));
      }
      if (busy.has(person.aadObjectId)) return turn.reply(say(STILL_BUSY));
      const file = pending.take(consent.data.context.fileId, person.aadObjectId);
      if (file === null) return turn.reply(say(GONE));
      await turn.removeOffer();
      if (consent.data.action === 'decline') return turn.reply(say('All right, I made no file.'));
      const { uploadInfo } = consent.data;
      tellLater(
        turn.reference,
        workFor(turn.asker, () => send(file, uploadInfo, uploads, access, turn.asker)),
      );
    },

    async stop() {
      stopping.abort();
      await Promise.all(telling);
    },
  };
}

const STILL_BUSY = 'I am still busy with your last file. Please ask again when it is there.';
const GONE =
  'I do not know this file any more: it was answered already, is older than an hour, or was offered to somebody else. Please ask for it again.';

/** What comes of the work in this time, ms; null when it takes longer. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

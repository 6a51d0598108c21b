import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { SignInRead, SignInStore } from '../../domain/ports.ts';
import type { SignIn } from '../../domain/spend/sign-in.ts';
import { type DatabaseKind, insertChunks, isOneOf, type Queries } from '../database/connection.ts';
import type { SignInRow } from '../database/schema-running.ts';
import { readStored } from '../database/stored-json.ts';
import { findPerhapsUnused } from './unused-search.ts';

const SignInProblem = z.object({ code: z.string(), message: z.string(), at: z.number() });

/** The one row of `sign_in_state`. */
const STATE = 1;
/** No read has this number: they are counted from one. */
const NO_READ = 0;

/** Sign-ins as the last complete read told them. */
export function createSignInStore(db: Queries, kind: DatabaseKind): SignInStore {
  const stateRow = () =>
    db.selectFrom('sign_in_state').selectAll().where('id', '=', STATE).executeTakeFirst();
  return {
    async begin() {
      const current = (await stateRow())?.read_no ?? NO_READ;
      await db.deleteFrom('sign_ins').where('read_no', '!=', current).execute();
      return signInRead(db, current + 1);
    },

    async state() {
      const row = await stateRow();
      return {
        readAt: row?.read_at ?? null,
        problem: row?.problem ? readStored(SignInProblem, row.problem, 'why sign-ins were not read') : null,
      };
    },

    async setProblem(problem) {
      const noted = { problem: JSON.stringify(problem) };
      await db
        .insertInto('sign_in_state')
        .values({ id: STATE, read_no: NO_READ, read_at: null, ...noted })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(noted))
        .execute();
    },

    async byUsers(userIds) {
      const rows = await db
        .selectFrom('sign_ins')
        .innerJoin('sign_in_state as s', 's.read_no', 'sign_ins.read_no')
        .selectAll('sign_ins')
        .where(isOneOf(kind, 'user_id', userIds))
        .orderBy('user_id')
        .execute();
      return rows.map(toSignIn);
    },

    perhapsUnused: (since) => findPerhapsUnused(db, kind, since),
  };
}

function signInRead(db: Queries, readNo: number): SignInRead {
  return {
    async add(signIns) {
      const latest = [...new Map(signIns.map((signIn) => [signIn.userId, signIn])).values()];
      for (const chunk of insertChunks(latest)) {
        await db
          .insertInto('sign_ins')
          .values(chunk.map((signIn) => toRow(readNo, signIn)))
          .onConflict((conflict) =>
            conflict.columns(['read_no', 'user_id']).doUpdateSet((row) => ({
              created_at: row.ref('excluded.created_at'),
              interactive_at: row.ref('excluded.interactive_at'),
              non_interactive_at: row.ref('excluded.non_interactive_at'),
              successful_at: row.ref('excluded.successful_at'),
            })),
          )
          .execute();
      }
    },

    async commit(at) {
      const state = { read_no: readNo, read_at: at, problem: null };
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('sign_in_state')
          .values({ id: STATE, ...state })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(state))
          .execute();
        await transaction.deleteFrom('sign_ins').where('read_no', '!=', readNo).execute();
      });
    },
  };
}

const toRow = (readNo: number, signIn: SignIn): SignInRow => ({
  read_no: readNo,
  user_id: signIn.userId,
  created_at: signIn.createdAt,
  interactive_at: signIn.interactiveAt,
  non_interactive_at: signIn.nonInteractiveAt,
  successful_at: signIn.successfulAt,
});

const toSignIn = (row: Selectable<SignInRow>): SignIn => ({
  userId: row.user_id,
  createdAt: row.created_at,
  interactiveAt: row.interactive_at,
  nonInteractiveAt: row.non_interactive_at,
  successfulAt: row.successful_at,
});

import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../../src/domain/ports.ts';
import { createStore, type OpenDatabase } from '../../../src/storage/create-store.ts';
import { migrate } from '../../../src/storage/database/migrate.ts';
import { IN_MEMORY } from '../../../src/storage/database/sqlite-file.ts';
import { prepareSqlite } from '../../../src/storage/open-sqlite.ts';

type Image = Uint8Array;

const emptyImage = imageOf(
  async () => null,
  (open) => migrate(open.db, open.kind),
);

/** Opens an empty store in memory: a copy of one that was migrated, because migrating costs 30 ms each time. */
export async function anEmptyStore(): Promise<Store> {
  return createStore(await openCopy(await emptyImage()));
}

/** Opens stores in memory that each start with what `fill` wrote to the first one. */
export function storesFilledBy(fill: (store: Store) => Promise<unknown>): () => Promise<Store> {
  const filled = imageOf(emptyImage, (open) => fill(createStore(open)));
  return async () => createStore(await openCopy(await filled()));
}

/** Makes an image once: the start, and what `fill` wrote to it. */
function imageOf(
  start: () => Promise<Image | null>,
  fill: (open: OpenDatabase) => Promise<unknown>,
): () => Promise<Image> {
  const make = async (): Promise<Image> => {
    const database = databaseFrom(await start());
    const open = await prepareSqlite(database);
    await fill(open);
    const image = database.serialize();
    await open.db.destroy();
    return image;
  };
  let made: Promise<Image> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const openCopy = (image: Image): Promise<OpenDatabase> => prepareSqlite(databaseFrom(image));

function databaseFrom(image: Image | null): DatabaseSync {
  const database = new DatabaseSync(IN_MEMORY);
  if (image) database.deserialize(image);
  return database;
}

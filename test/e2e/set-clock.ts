import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where Debian's package `faketime` puts its library. */
const LIBRARIES = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/faketime/libfaketimeMT.so.1`);

/** A clock of a process of ours that a test sets while it runs; how much time passes is left alone. */
export class SettableClock {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async install(): Promise<SettableClock> {
    const clock = new SettableClock(await mkdtemp(path.join(tmpdir(), 'license-watch-clock-')));
    await clock.set(0);
    return clock;
  }

  /** The environment of a process that lives by this clock. */
  get environment(): Record<string, string> {
    const library = LIBRARIES.find((file) => existsSync(file));
    if (!library) throw new Error('Install Debian’s package faketime: apt-get install faketime');
    return {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: path.join(this.#folder, 'offset'),
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** Sets it so many ms ahead of the true time, or behind it. */
  async set(ms: number): Promise<void> {
    const next = path.join(this.#folder, 'next');
    await writeFile(next, `${ms < 0 ? '' : '+'}${ms / 1000}\n`);
    await rename(next, path.join(this.#folder, 'offset'));
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import type { Holders } from '../jobs/lease.ts';

/** Boot of the kernel, process id namespace, and when the process started in it; empty where they cannot be told. */
type Place = { boot: string; space: string; startedAt: string };

const NOWHERE: Place = { boot: '', space: '', startedAt: '' };

/**
 * Names this process so that others can tell whether it still runs: host, process id, a random part (a process id is
 * used again after a restart, and host names may be equal), and where the process id means what it says.
 */
export function processIdentity(): Holders {
  const here = ownPlace();
  const own = [hostname(), process.pid, randomUUID(), here.boot, here.space, here.startedAt].join('/');
  return {
    own,
    uptime: () => performance.now(),
    stateOf(holder) {
      const parts = holder.split('/');
      if (parts.length !== 6) return 'foreign';
      const [, pid, , boot, space, startedAt] = parts;
      if (here.boot === '' || !boot || !space) return 'unknown';
      if (boot !== here.boot) return 'other-boot';
      return space === here.space && hasEnded(Number(pid), startedAt ?? '') ? 'gone' : 'unknown';
    },
  };
}

/** The host and process id in a holder’s name, as people look for them. */
export function placeOfHolder(holder: string): string {
  const [host, pid] = holder.split('/');
  return pid ? `process ${pid} on ${host}` : holder;
}

function ownPlace(): Place {
  // Outside Linux process ids are not in namespaces: one machine has one set of them.
  if (process.platform !== 'linux') return { boot: hostname(), space: process.platform, startedAt: '' };
  try {
    // A /proc of another namespace would speak of other processes.
    if (readlinkSync('/proc/self') !== String(process.pid)) return NOWHERE;
    return {
      boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      space: /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '',
      startedAt: statusOf(process.pid)?.startedAt ?? '',
    };
  } catch {
    return NOWHERE;
  }
}

/** Whether a process of our own namespace is gone; its id may belong to another one by now. */
function hasEnded(pid: number, startedAt: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const status = process.platform === 'linux' ? statusOf(pid) : null;
  if (status === null) return false;
  return status.state === 'Z' || status.state === 'X' || status.startedAt !== startedAt;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: state is field 3, start time in ticks field 22. */
function statusOf(pid: number): { state: string; startedAt: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may hold spaces and brackets itself.
    const [state = '', ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, startedAt: rest[18] ?? '' };
  } catch {
    return null;
  }
}

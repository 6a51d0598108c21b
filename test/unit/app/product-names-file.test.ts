import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadProductNames, readNamesFile } from '../../../src/app/product-names-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'names-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, bytes: string | Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

describe('the file of product names', () => {
  it('is read in UTF-8 and in Windows-1252', async () => {
    expect(await readNamesFile(fileOf('utf8.csv', 'Visio – Plan 2'))).toBe('Visio – Plan 2');
    const windows = Uint8Array.from([0x56, 0x69, 0x73, 0x69, 0x6f, 0x20, 0x96]);
    expect(await readNamesFile(fileOf('windows.csv', windows))).toBe('Visio –');
  });

  it('that is missing is logged and stops nothing', async () => {
    const log = { warn: vi.fn(), error: vi.fn() };
    await loadProductNames(path.join(folder, 'missing.csv'), log);
    expect(log.error).toHaveBeenCalledOnce();
    expect(JSON.stringify(log.error.mock.calls[0]?.[0].err.message)).toContain('ENOENT');
  });

  it('that has a bad row is used without it', async () => {
    const log = { warn: vi.fn(), error: vi.fn() };
    await loadProductNames(fileOf('bad.csv', 'product,name\nSPE_E3,'), log);
    expect(log.warn).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ problem: 'Line 2 gives “spe_e3” no name.' }),
      expect.any(String),
    );
    expect(log.error).not.toHaveBeenCalled();
  });

  it('nobody names changes nothing', async () => {
    const log = { warn: vi.fn(), error: vi.fn() };
    await loadProductNames(null, log);
    expect(log.warn).not.toHaveBeenCalled();
  });
});

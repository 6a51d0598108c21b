import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from './product.ts';

const OTHER = '22222222-2222-4222-8222-222222222222';

describe('a database that watches another tenant', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.install();
    expect(await product.start(['scan', '--full']).ended).toMatchObject({ code: 0 });
  });
  afterAll(() => product.remove());

  it.each([[['serve']], [['scan']], [['backfill', '--from', '2026-11-01', '--to', '2026-11-02']]])(
    'is refused by %s, in one sentence that says what to do, before Microsoft is asked',
    async (command) => {
      const { code, stdout, stderr } = await product.start(command, { AAD_APP_TENANT_ID: OTHER }).ended;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        new RegExp(`^This database watches the tenant ${product.simulator.tenantId}, but AAD_APP_TENANT_ID`),
      );
      expect(stderr).toContain(`or set DATABASE_URL to another database for ${OTHER}.`);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  it('is named by the doctor', async () => {
    const { code, stdout } = await product.start(['doctor', '--json'], { AAD_APP_TENANT_ID: OTHER }).ended;
    const findings = stdout
      .trim()
      .split('\n')
      .map((line): { check: string; ok: boolean | null; detail: string } => JSON.parse(line));
    expect(code).toBe(1);
    expect(findings.find(({ check }) => check === 'database.reach')).toMatchObject({
      ok: false,
      detail: expect.stringContaining(`watches the tenant ${product.simulator.tenantId}`),
    });
  });

  it('still takes its own, and all its users are as they were', async () => {
    const { code, stdout } = await product.start(['scan', '--full', '--json']).ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'complete', changes: 0 });
  });
});

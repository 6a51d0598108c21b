import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseProducts } from '../../../../src/domain/license/product-table.ts';

const HEADER =
  'Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names';
const NEW_SKU = '11111111-2222-4333-8444-555555555555';
const PLAN = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const OTHER_PLAN = 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee';

describe('parseProducts with the list that Microsoft publishes', () => {
  it('joins the rows of a product, one per service plan', () => {
    const { table, problems } = parseProducts(
      [
        HEADER,
        `"Frontier, Suite",FRONTIER,${NEW_SKU},FRONT1,${PLAN},Front One`,
        `"Frontier, Suite",FRONTIER,${NEW_SKU},FRONT2,${OTHER_PLAN},Front Two`,
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect(table.skus).toEqual({
      [NEW_SKU]: { partNumber: 'FRONTIER', name: 'Frontier, Suite', plans: [PLAN, OTHER_PLAN] },
    });
    expect(table.plans[PLAN]).toEqual({ name: 'FRONT1', friendlyName: 'Front One' });
  });

  it('reads past what is known to be odd: a byte order mark, no-break spaces, capitals, blanks in the columns', () => {
    const { table, problems } = parseProducts(
      `\uFEFF${HEADER.replaceAll('_', ' ')}\n Suite\u00a0,FRONTIER\u00a0,${NEW_SKU.toUpperCase()}\u00a0,FRONT1 ,${PLAN},Front One\n`,
    );
    expect(problems).toEqual([]);
    expect(table.skus[NEW_SKU]).toEqual({ partNumber: 'FRONTIER', name: 'Suite', plans: [PLAN] });
  });

  it('keeps the first of two names of one product', () => {
    const { table } = parseProducts(
      [HEADER, `First,A,${NEW_SKU},P,${PLAN},Plan`, `Second,A,${NEW_SKU},P,${PLAN},Plan`].join('\n'),
    );
    expect(table.skus[NEW_SKU]?.name).toBe('First');
  });

  it('says which line it cannot use, and keeps the others', () => {
    const { table, problems } = parseProducts(
      [HEADER, 'Nameless,A,no-guid,P,x,y', `Good,A,${NEW_SKU},P,${PLAN},Plan`].join('\n'),
    );
    expect(problems).toEqual(['Line 2 names no product by a GUID.']);
    expect(Object.keys(table.skus)).toEqual([NEW_SKU]);
  });
});

describe('parseProducts with a list of one’s own', () => {
  it.each([
    [',', `product,name\n${NEW_SKU},Our suite\nSPE_E3,The usual`],
    [';', `Product;Name\n${NEW_SKU};Our suite\nSPE_E3;The usual`],
  ])('takes ids and part numbers, with “%s” between the columns', (_, csv) => {
    expect({ ...parseProducts(csv).names }).toEqual({ [NEW_SKU]: 'Our suite', spe_e3: 'The usual' });
  });

  it.each([
    ['', 'It has no rows.'],
    ['a,b\n1,2', 'I do not know its columns.'],
    ['product,name\n,Suite', 'Line 2 names no product.'],
    ['product,name\nSPE_E3,', 'Line 2 gives “spe_e3” no name.'],
    ['product,name\n"SPE_E3,x', 'It is no CSV'],
  ])('explains what is wrong with %j', (csv, problem) => {
    expect(parseProducts(csv).problems.join(' ')).toContain(problem);
  });

  it('keeps names that every object has', () => {
    const { names } = parseProducts('product,name\n__proto__,X\nconstructor,Y');
    expect(Object.entries(names)).toEqual([
      ['__proto__', 'X'],
      ['constructor', 'Y'],
    ]);
  });
});

describe('the catalogue extended', () => {
  afterAll(() => vi.resetModules());

  it('names what came after the release, and what the customer calls otherwise', async () => {
    vi.resetModules();
    const catalogue = await import('../../../../src/domain/license/catalogue.ts');
    expect(catalogue.productName(NEW_SKU, 'FRONTIER')).toBe('FRONTIER');
    catalogue.extendCatalogue(
      parseProducts(`${HEADER}\nFrontier Suite,FRONTIER,${NEW_SKU},FRONT1,${PLAN},Front One`),
    );
    catalogue.extendCatalogue(
      parseProducts('product,name\nspe_e3,Our E3\nTEAMS1,Our Teams\nNOVEL,Novel thing'),
    );
    expect(catalogue.productName(NEW_SKU, 'FRONTIER')).toBe('Frontier Suite');
    expect(catalogue.skuIdOfPartNumber('FRONTIER')).toBe(NEW_SKU);
    expect(catalogue.servicePlanName(PLAN)).toBe('Front One');
    expect(catalogue.servicePlanIdsOf(NEW_SKU)).toEqual([PLAN]);
    expect(catalogue.productName('05e9a617-0261-4cee-bb44-138d3ef5d965')).toBe('Our E3');
    expect(catalogue.servicePlanName('57ff2da0-773e-42df-b2af-ffb7a2317929')).toBe('Our Teams');
    expect(catalogue.productName('unknown-id', 'NOVEL')).toBe('Novel thing');
    expect(catalogue.productName('__proto__', null)).toBe('__proto__');
  });
});

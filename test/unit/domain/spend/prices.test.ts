import { describe, expect, it } from 'vitest';
import type { TenantState } from '../../../../src/domain/license/sku.ts';
import {
  addToDepartment,
  type DepartmentCost,
  idleCost,
  monthlyCost,
  productCosts,
  totalOf,
} from '../../../../src/domain/spend/cost.ts';
import { type PriceLine, parsePriceList } from '../../../../src/domain/spend/price-list.ts';
import { productPrices } from '../../../../src/domain/spend/product-prices.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const e3Line: PriceLine = { where: 'line 2', product: 'SPE_E3', price: { amount: 36.5, currency: 'EUR' } };

describe('a price list', () => {
  it.each([
    ['with commas', 'product,price,currency\nSPE_E3,36.50,EUR\n'],
    ['as a European spreadsheet saves it', '\uFEFFProduct;Price;Currency\r\nSPE_E3;36,5;eur\r\n'],
    ['with tabs', 'sku\tprice per month\tcurrency\nSPE_E3\t36.5\tEUR'],
    [
      'with its columns in another order and more of them',
      'Currency,Note,Part number,Price\nEUR,old,SPE_E3,36.5',
    ],
    ['with quotes', 'product,price,currency\n"SPE_E3","36.5","EUR"\n'],
  ])('%s is read', (_, text) => {
    expect(parsePriceList(text)).toEqual({ lines: [e3Line], problems: [] });
  });

  it('may be JSON', () => {
    const text = '[{"product": "SPE_E3", "price": 36.5, "currency": "EUR"}]';
    expect(parsePriceList(text)).toEqual({ lines: [{ ...e3Line, where: 'entry 1' }], problems: [] });
  });

  it('keeps separators, quotes and line ends that a name has, and the numbers of the lines after', () => {
    const { lines, problems } = parsePriceList(
      'product,price,currency\n"Visio, ""Plan"" 2\nfor us",5,EUR\n\nSPE_E3,x,EUR\n',
    );
    expect(lines).toMatchObject([{ where: 'line 2', product: 'Visio, "Plan" 2\nfor us' }]);
    expect(problems).toEqual(['line 5: the price must be a number such as 12.50, without a currency sign.']);
  });

  it('is used as far as it is right, and every wrong line is named', () => {
    const { lines, problems } = parsePriceList(
      ['product,price,currency', ',5,EUR', 'A,-1,EUR', 'B,€5,EUR', 'C,5,Euro', 'D,5', 'SPE_E3,36.5,EUR'].join(
        '\n',
      ),
    );
    expect(lines).toEqual([{ ...e3Line, where: 'line 7' }]);
    expect(problems).toEqual([
      'line 2: the product is missing.',
      'line 3: the price must be a number such as 12.50, without a currency sign.',
      'line 4: the price must be a number such as 12.50, without a currency sign.',
      'line 5: the currency must be an ISO code such as EUR or USD.',
      'line 6: the currency must be an ISO code such as EUR or USD.',
    ]);
  });

  it.each([
    ['SPE_E3;36', ['The first line must name the columns; product, price and currency are missing.']],
    ['', ['The first line must name the columns; product, price and currency are missing.']],
    ['{"SPE_E3": 36}', ['The JSON must be a list of prices.']],
    ['[{"product"', ['The file is no JSON.']],
    [
      '[5, {"product": "A", "price": null, "currency": "EUR"}]',
      [
        'entry 1: it must be an object.',
        'entry 2: the price must be a number such as 12.50, without a currency sign.',
      ],
    ],
  ])('%j says what is wrong', (text, problems) => {
    expect(parsePriceList(text)).toEqual({ lines: [], problems });
  });
});

describe('the products that a list names', () => {
  const skus = [aSkuState(), aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT' })];
  const line = (product: string, where = 'line 2'): PriceLine => ({ ...e3Line, where, product });

  it.each(['SPE_E3', ' spe_e3 ', 'Microsoft 365 E3', E3.toUpperCase()])('are found by “%s”', (product) => {
    const { bySku, problems } = productPrices({ lines: [line(product)], problems: [] }, skus);
    expect([...bySku]).toEqual([[E3, e3Line.price]]);
    expect(problems).toEqual([]);
  });

  it('may be those of another tenant, but not of nobody, and none may come twice', () => {
    const lines = [
      line('SPE_E5'),
      line('E33', 'line 3'),
      line('SPE_E3', 'line 4'),
      line('Microsoft 365 E3', 'line 5'),
    ];
    const { bySku, problems } = productPrices({ lines, problems: ['line 9: wrong.'] }, skus);
    expect(bySku.size).toBe(1);
    expect(problems).toEqual([
      'line 9: wrong.',
      'line 3: the tenant has no product “E33”.',
      'line 5: Microsoft 365 E3 has a price already.',
    ]);
  });
});

describe('cost', () => {
  const tenant = (...skus: TenantState['skus']): TenantState => ({ skus, subscriptions: [], groups: [] });
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  const e3 = aSkuState({ enabled: 10, consumed: 8 });
  const visio = aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled: 4, consumed: 4 });

  it('is seats times price; what nobody uses are seats of nobody and of whoever is away', () => {
    const [cost] = productCosts(tenant(e3), new Map([[E3, eur(30)]]), () => 3);
    expect(cost && [monthlyCost(cost), idleCost(cost)]).toEqual([300, 150]);
  });

  it('is not known without a price, and waste not beyond what is known', () => {
    const [cost] = productCosts(tenant(e3), new Map(), null);
    expect(cost && [monthlyCost(cost), idleCost(cost), cost.unused]).toEqual([null, null, null]);
  });

  it('never counts more seats as idle than were bought', () => {
    const over = aSkuState({ enabled: 5, consumed: 9 });
    const [cost] = productCosts(tenant(over), new Map([[E3, eur(10)]]), () => 9);
    expect(cost && idleCost(cost)).toBe(50);
  });

  it('leaves out free products, those of the whole tenant and those that are gone, unless somebody pays for them', () => {
    const free = aSkuState({ skuId: 'free', partNumber: 'FLOW_FREE', enabled: 10_000 });
    const gone = aSkuState({ skuId: 'gone', enabled: 0, consumed: 0 });
    const server = aSkuState({ skuId: 'server', appliesTo: 'Company' });
    expect(productCosts(tenant(free, gone, server), new Map(), null)).toEqual([]);
    const [paid] = productCosts(tenant(free), new Map([['free', eur(1)]]), () => 7);
    expect(paid).toMatchObject({ skuId: 'free', unused: 0 });
  });

  it('is added up by currency', () => {
    const prices = new Map([
      [E3, eur(30)],
      [VISIO, { amount: 15, currency: 'USD' }],
    ]);
    const costs = productCosts(tenant(e3, visio), prices, null);
    expect([...totalOf(costs, monthlyCost)]).toEqual([
      ['EUR', 300],
      ['USD', 60],
    ]);
  });

  it('of a department is that of the licenses of its people, each once', () => {
    const departments = new Map<string | null, DepartmentCost>();
    const prices = new Map([[E3, eur(30)]]);
    const both = [anAssignment({ skuId: E3 }), anAssignment({ skuId: E3, path: 'group-1' })];
    addToDepartment(departments, aUserState({ department: 'Sales', assignments: both }), prices);
    addToDepartment(
      departments,
      aUserState({ department: ' Sales ', assignments: [anAssignment()] }),
      prices,
    );
    addToDepartment(departments, aUserState({ department: '', assignments: [anAssignment()] }), prices);
    addToDepartment(
      departments,
      aUserState({ department: 'HR', assignments: [anAssignment({ skuId: VISIO })] }),
      prices,
    );
    expect([...departments]).toEqual([
      ['Sales', { users: 2, licenses: 2, money: new Map([['EUR', 60]]) }],
      [null, { users: 1, licenses: 1, money: new Map([['EUR', 30]]) }],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { pageHead } from '../../../src/microsoft365/graph/page-head.ts';
import { pageRows } from '../../../src/microsoft365/graph/page-rows.ts';
import { aGraphUser } from '../../builders/license/graph-user.ts';

const LINK = 'https://graph.example/v1.0/users?$skiptoken=2';
const answer = (text: string) => ({ status: 200, headers: {}, text, bytes: Buffer.from(text) });
const headOf = (text: string) => pageHead(answer(text));
const pageOf = (rows: readonly unknown[], link = LINK): string =>
  JSON.stringify({ '@odata.context': 'users', '@odata.nextLink': link, value: rows });

describe('the head of a page', () => {
  it('tells the next link and names the rows, whatever the link is', () => {
    const rows = [aGraphUser()];
    const [one, other] = [headOf(pageOf(rows)), headOf(pageOf(rows, `${LINK}&other`))];
    expect(one?.next).toBe(LINK);
    expect(other?.digest).toBe(one?.digest);
    expect(headOf(pageOf([aGraphUser({ department: 'Sales' })]))?.digest).not.toBe(one?.digest);
  });

  it('knows the last page by its lack of a link', () => {
    expect(headOf('{"@odata.context":"users","value":[{"id":"a"}]}')).toMatchObject({ next: undefined });
    expect(headOf('{"value":[]}')).toMatchObject({ next: undefined });
    expect(headOf('{"note":"\\"value\\":[","value":[]}')).toMatchObject({ rowsBegin: 31 });
  });

  it.each([
    ['has its link behind the rows', `{"value":[{"id":"a"}],"@odata.nextLink":"${LINK}"}`],
    ['has rows only within another property', '{"other":{"value":[1]},"value":[2]}'],
    ['has blanks before its rows', '{"value": [{"id":"a"}]}'],
    ['has a link that is none', '{"@odata.nextLink":5,"value":[]}'],
    ['is no object', '["value":['],
    ['has no rows', '{"error":{"code":"x"}}'],
  ])('is not told of a page that %s', (_, text) => {
    expect(headOf(text)).toBeNull();
  });

  it('is not told of a refusal', () => {
    expect(pageHead({ ...answer(pageOf([])), status: 400 })).toBeNull();
  });
});

describe('the rows of a page', () => {
  const rowsOf = (text: string): unknown[] | null => {
    const bytes = Buffer.from(text);
    const rows = pageRows(bytes, text.indexOf('"value":[') + '"value":['.length, (row) => row);
    expect(bytes.toString()).toBe(text);
    return rows;
  };

  it('are those that parsing the whole page gives, over many pieces', () => {
    const rows = Array.from({ length: 999 }, (_, no) =>
      aGraphUser({ id: `user-${no}`, displayName: `},{"id":"${no}" \\ "},{\\"id\\":" é 👩‍💻` }),
    );
    expect(rowsOf(pageOf(rows))).toEqual(rows);
  });

  it('may be none or one', () => {
    expect(rowsOf('{"value":[{"id":"a"}]}')).toEqual([{ id: 'a' }]);
    expect(rowsOf('{"value":[]}') ?? []).toEqual([]);
  });

  it('are never cut within a row that holds rows of the same kind', () => {
    const inner = Array.from({ length: 2_000 }, (_, no) => ({ id: `inner-${no}-${'x'.repeat(40)}` }));
    expect(rowsOf(JSON.stringify({ value: [{ id: 'a', inner }, { id: 'b' }] }))).toBeNull();
  });

  it.each([
    ['something stands behind them', '{"value":[{"id":"a"}],"more":[1]}'],
    ['a property stands behind them', '{"value":[{"id":"a"}],"@odata.deltaLink":"x"}'],
    ['the page is cut off', '{"value":[{"id":"a"},{"id":'],
    ['they are no objects', '{"value":[1,2]}'],
  ])('are not read in pieces when %s', (_, text) => {
    expect(rowsOf(text)).toBeNull();
  });
});

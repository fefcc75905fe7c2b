import { jsonLinesWriter } from './jsonLines';
import type { Reading } from './ResultWriter';

async function linesOf(json: string, onRows = (_: number) => {}) {
  const body = (async function* chunks() {
    for (const part of json.match(/[^]{1,7}/g) ?? []) yield Buffer.from(part);
  })();
  const reading = { fn: { name: 'prices' }, onRows } as unknown as Reading;
  let text = '';
  const parts = await jsonLinesWriter.write({ body } as never, reading);
  for await (const part of parts) text += part;
  return text;
}

describe('jsonLinesWriter', () => {
  it('writes one object per row, with exact integers', async () => {
    let rows = 0;
    const text = await linesOf(
      '{"rows":[{"a":9007199254740993,"b":"x\\ny"},{"a":null,"b":[1.5]}],"count":2}',
      count => {
        rows += count;
      },
    );
    expect(text).toBe(
      '{"a":9007199254740993,"b":"x\\ny"}\n{"a":null,"b":[1.5]}\n',
    );
    expect(rows).toBe(2);
  });

  it('writes nothing for an empty table', async () => {
    expect(await linesOf('{"rows":[],"count":0}')).toBe('');
  });

  it('rejects a result that is not a table', async () => {
    await expect(linesOf('{"value":1}')).rejects.toThrow(
      'prices returned something other than a table',
    );
  });
});

import { readValue } from './readValue';

async function* body(parts: string[], error?: Error) {
  for (const part of parts) yield Buffer.from(part);
  if (error) throw error;
}

describe('readValue', () => {
  it('joins the parts of a value, also in the middle of a character', async () => {
    const bytes = Buffer.from('{"value":"€"}');
    async function* halves() {
      yield bytes.subarray(0, 11);
      yield bytes.subarray(11);
    }
    expect(await readValue(halves(), { name: 'mean' }, 100)).toBe(
      '{"value":"€"}',
    );
  });

  it('accepts a value of the maximum size, and reads no further than that', async () => {
    const fn = { name: 'mean' };
    expect(await readValue(body(['12', '34']), fn, 4)).toBe('1234');
    const parts = body(['12', '345', 'never read'], new Error('read on'));
    await expect(readValue(parts, fn, 4)).rejects.toThrow(
      'The value of mean has more than 4 bytes; narrow it with the parameters',
    );
  });

  it('reports an interrupted response as one to retry', async () => {
    const cause = new Error('other side closed');
    await expect(
      readValue(body(['12'], cause), { name: 'mean' }, 4),
    ).rejects.toMatchObject({
      status: 502,
      message: 'The response of mean was interrupted; retry',
      retryAfter: 1,
      cause,
    });
  });
});

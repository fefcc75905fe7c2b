import { WatchFrameError } from '../errors';
import { readWatchFrames } from './watchFrames';

async function* chunks(...texts: (string | Uint8Array)[]) {
  for (const text of texts)
    yield typeof text === 'string' ? Buffer.from(text) : text;
}

async function read(...texts: (string | Uint8Array)[]) {
  const frames = [];
  for await (const frame of readWatchFrames(chunks(...texts)))
    frames.push(frame);
  return frames;
}

const frame = (name: string) => ({
  type: 'ADDED',
  object: { metadata: { name } },
});

describe('readWatchFrames', () => {
  it('joins split frames, also within a character', async () => {
    const bytes = Buffer.from(`${JSON.stringify(frame('Zürich'))}\n`);
    const middle = bytes.indexOf(0xc3) + 1;
    expect(
      await read(bytes.subarray(0, middle), bytes.subarray(middle)),
    ).toEqual([frame('Zürich')]);
  });

  it('splits joined frames, and skips empty lines', async () => {
    const text = `${JSON.stringify(frame('a'))}\n\n${JSON.stringify(
      frame('b'),
    )}\n`;
    expect(await read(text)).toEqual([frame('a'), frame('b')]);
  });

  it('reads a frame of several megabytes in many pieces quickly', async () => {
    const name = 'x'.repeat(3_000_000);
    const text = `${JSON.stringify(frame(name))}\n`;
    const pieces = text.match(/.{1,1000}/gs) ?? [];
    const start = Date.now();
    expect(await read(...pieces)).toEqual([frame(name)]);
    expect(Date.now() - start).toBeLessThan(2000);
  });

  it.each([
    ['is no JSON', 'nonsense\n'],
    ['is cut off', JSON.stringify(frame('a')).slice(0, -3)],
    ['has no object', '{"type":"ADDED"}\n'],
  ])('refuses a frame that %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow(WatchFrameError);
  });
});

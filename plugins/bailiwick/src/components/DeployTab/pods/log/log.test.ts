import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { asKept, keepLog } from './keptLog';
import {
  fileOf,
  findLines,
  formatJsonLine,
  nextOf,
  shortName,
  splitAt,
  formatClock,
} from './logLine';

const line = (text: string): LogLine => ({
  pod: 'feed-1',
  container: 'app',
  at: '2026-11-20T08:00:00.000000001Z',
  text,
});
const lines = (count: number, text = 'x') =>
  Array.from({ length: count }, (_, at) => line(`${at}${text}`));

describe('keepLog', () => {
  it('starts again with each start, and appends new lines', () => {
    const first = keepLog(undefined, {
      type: 'start',
      lines: [line('a')],
      notes: ['b'],
    });
    const more = keepLog(first, { type: 'lines', lines: [line('c')] });
    expect(more).toEqual({
      lines: [line('a'), line('c')],
      notes: ['b'],
      dropped: 0,
    });
    expect(
      keepLog(more, { type: 'start', lines: [], notes: [] }).lines,
    ).toEqual([]);
  });

  it('reports starts and ends of pods', () => {
    const log = keepLog(asKept({ lines: [], notes: [] }), {
      type: 'pods',
      came: ['feed-2'],
      went: ['feed-1'],
      notes: ['Not all are shown.'],
    });
    expect(log.notes).toEqual([
      'Not all are shown.',
      'Pod feed-1 was deleted.',
      'Pod feed-2 started.',
    ]);
  });

  it('keeps the newest lines only, however many or long they are', () => {
    const many = asKept({ lines: lines(6_000), notes: [] });
    expect([many.lines.length, many.dropped]).toEqual([5_000, 1_000]);
    expect(many.lines[0].text).toBe('1000x');
    const more = keepLog(many, { type: 'lines', lines: lines(10) });
    expect([more.lines.length, more.dropped]).toEqual([5_000, 1_010]);
    const long = asKept({ lines: lines(300, 'y'.repeat(10_000)), notes: [] });
    expect(long.lines.length).toBeLessThanOrEqual(200);
    expect(long.lines.at(-1)?.text).toMatch(/^299y/);
  });
});

describe('words of a line', () => {
  it.each([
    [
      '{"level":"info","message":"loaded","rows":4,"took":"0.2 s","timestamp":"x"}',
      'INFO loaded rows=4 took="0.2 s"',
    ],
    ['{"msg":"a","nested":{"b":[1]}}', 'a nested={"b":[1]}'],
    ['{"message":{"odd":1}}', 'message={"odd":1}'],
    ['{"broken', '{"broken'],
    ['plain', 'plain'],
    ['[1, 2]', '[1, 2]'],
    [
      '{"msg":"a\\u001b[31mb\\u202ec","name\\u0007":"x\\ny"}',
      'ab<U+202E>c name<U+0007>="x\\ny"',
    ],
    ['{"msg":"first\\nsecond"}', 'first ⏎ second'],
  ])('of %s are %s', (text, words) => {
    expect(formatJsonLine(text)).toBe(words);
  });

  it('show the time, and lines without one', () => {
    expect(formatClock('2026-11-20T08:00:01.234567890Z')).toMatch(
      /^\d\d:\d\d:01\.234$/,
    );
    expect(formatClock('never')).toBe('never');
    expect(shortName('month-end-prices-7d9c-x2x4z')).toBe('x2x4z');
  });

  it('are searched for as they are written', () => {
    const texts = ['Loaded .*', 'nothing', 'reLOADED'];
    expect(findLines(texts, 'loaded')).toEqual([0, 2]);
    expect(findLines(texts, '.*')).toEqual([0]);
    expect(findLines(texts, '')).toEqual([]);
    expect(splitAt('aXbxc', 'x')).toEqual(['a', 'X', 'b', 'x', 'c']);
    expect(splitAt('a.*b', '.*')).toEqual(['a', '.*', 'b']);
    expect(splitAt('ab', '')).toEqual(['ab']);
  });

  it('are searched from any line on, and around', () => {
    const found = [2, 5, 9];
    const all = (by: 1 | -1) =>
      [undefined, 2, 3, 9, -4].map(from => nextOf(found, by, from));
    expect(all(1)).toEqual([2, 5, 5, 2, 2]);
    expect(all(-1)).toEqual([9, 9, 2, 5, 9]);
    expect(nextOf([], 1, 3)).toBeUndefined();
  });

  it('are saved as a file', () => {
    expect(fileOf([line('a'), line('b')])).toBe(
      '2026-11-20T08:00:00.000000001Z feed-1/app a\n' +
        '2026-11-20T08:00:00.000000001Z feed-1/app b\n',
    );
  });
});

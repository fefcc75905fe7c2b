import { readHeaders } from './headersOf';

describe('readHeaders', () => {
  const time = 'Sat, 31 Jan 2026 18:00:00 GMT';
  const at = new Date('2026-01-31T18:00:00Z');

  it('reads the age of cached and of stored results', () => {
    expect(readHeaders({ 'last-modified': time })).toMatchObject({
      modifiedAt: at,
      run: undefined,
    });
    expect(
      readHeaders({
        'last-modified': time,
        'x-run': 'nightly-1',
        'x-rows': '3',
      }),
    ).toMatchObject({ rows: 3, run: { name: 'nightly-1', finishedAt: at } });
  });

  it.each([{}, { 'last-modified': 'soon', 'x-run': 'nightly-1' }])(
    'has no age without a valid time: %j',
    headers => {
      const { modifiedAt, run } = readHeaders(headers);
      expect([modifiedAt, run]).toEqual([undefined, undefined]);
    },
  );

  it.each([
    ['call;dur=12.345;desc="feed-5d8-x2"', 12.345, 'feed-5d8-x2'],
    ['call;dur=7', 7, undefined],
  ])('reads the time in a pod: %s', (metric, milliseconds, pod) => {
    const { timing } = readHeaders({ 'server-timing': metric });
    expect(timing).toEqual({ milliseconds, pod });
  });

  it.each([
    undefined,
    '',
    'call',
    'call;dur=-1',
    'call;dur=1e9',
    'call;dur=NaN',
    'call;dur=1;desc="<script>"',
    'call;dur=1;desc="a", other;dur=2',
    ['call;dur=1', 'call;dur=2'],
  ])('ignores times that are none: %j', metric => {
    expect(readHeaders({ 'server-timing': metric }).timing).toBeUndefined();
  });
});

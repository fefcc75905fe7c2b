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
});

import type { AddInFunction } from '../AddIn';
import { followStream } from './followStream';
import { LatestRows } from './LatestRows';
import { send } from './request';

jest.mock('./request', () => ({
  ...jest.requireActual('./request'),
  send: jest.fn(),
}));

const fn: AddInFunction = {
  id: 'LEVELS',
  description: '',
  app: 'meters',
  environment: 'dev',
  fn: 'levels',
  kind: 'stream',
  isLive: true,
  isMatrix: true,
  parameters: [],
  columns: [
    { name: 'meter', kind: 'text' },
    { name: 'level', kind: 'number' },
  ],
  key: ['meter'],
};

describe('followStream', () => {
  it('shows rows, not a gap, and resumes after the last row', async () => {
    const events = [
      'id: a-1\ndata: {"meter":"m1","level":1}',
      'event: gap\ndata: {"reason":"restarted"}',
      'id: a-3\ndata: [{"meter":"m1","level":2}]',
      'event: end\ndata: {"reason":"restart"}',
    ];
    const body = events.map(event => `${event}\n\n`).join('');
    jest.mocked(send).mockResolvedValue(new Response(body));
    const rows = new LatestRows(fn);
    const shown: unknown[] = [];
    const { signal } = new AbortController();
    const goesOn = await followStream(
      fn,
      'http://gateway',
      rows,
      cells => shown.push(cells),
      signal,
    );
    expect(goesOn).toBe(true);
    expect(shown).toEqual([
      [
        ['meter', 'level'],
        ['m1', 2],
      ],
    ]);
    expect(rows.lastId).toBe('a-3');
  });
});

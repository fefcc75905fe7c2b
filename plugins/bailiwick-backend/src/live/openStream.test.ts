import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import { openStream } from './openStream';

/** The part of an answer that a stream uses. */
class Answer extends EventEmitter {
  readonly writeHead = jest.fn();
  readonly write = jest.fn();
  readonly end = jest.fn(() => this.emit('close'));
  readonly destroy = jest.fn(() => this.emit('close'));
  writableNeedDrain = false;
}

const fresh = { progress: () => ({}), onProgress: () => () => {} };

describe('openStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ends after 15 minutes, so that the reader’s rights are found out anew', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response, fresh);
    jest.advanceTimersByTime(15 * 60_000 - 1);
    expect(answer.end).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(answer.end).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('says nothing more to who does not keep up, and lets go of them in the end', () => {
    const answer = new Answer();
    answer.end.mockImplementation(() => true); // what was written before is still to be read
    openStream(answer as unknown as Response, fresh);
    jest.advanceTimersByTime(10_000);
    expect(answer.write).toHaveBeenCalledTimes(1);
    answer.writableNeedDrain = true;
    jest.advanceTimersByTime(15 * 60_000 - 1);
    expect(answer.write).toHaveBeenCalledTimes(1);
    expect(answer.destroy).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(answer.destroy).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells when the cluster is away, and when it is back', () => {
    const answer = new Answer();
    let tell = () => {};
    const leave = jest.fn();
    const stale = { since: '2026-11-20T08:00:00Z', age: 12, why: 'Away.' };
    const progress = jest.fn(() => ({ stale } as { stale?: typeof stale }));
    openStream(answer as unknown as Response, {
      progress,
      onProgress: listener => {
        tell = listener;
        return leave;
      },
    });
    tell();
    progress.mockReturnValue({});
    tell();
    expect(answer.write.mock.calls).toEqual([
      [`event: staleness\ndata: ${JSON.stringify(stale)}\n\n`],
      ['event: staleness\ndata: null\n\n'],
    ]);
    answer.emit('close');
    expect(leave).toHaveBeenCalled();
  });

  it('leaves no timer behind when the reader goes', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response, fresh);
    answer.emit('close');
    expect(jest.getTimerCount()).toBe(0);
  });
});

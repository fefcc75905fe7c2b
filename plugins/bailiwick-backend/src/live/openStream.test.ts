import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { openStream } from './openStream';
import { answerValue } from './streamList';

/** The part of an answer that a stream uses. */
class Answer extends EventEmitter {
  readonly writeHead = jest.fn();
  readonly write = jest.fn();
  readonly json = jest.fn();
  readonly end = jest.fn(() => this.emit('close'));
  readonly destroy = jest.fn(() => this.emit('close'));
  writableNeedDrain = false;
  destroyed = false;
}

const fresh = { progress: () => ({}), onProgress: () => () => {} };

describe('openStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ends after 15 minutes, so that the reader’s rights are checked again', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response, fresh);
    jest.advanceTimersByTime(15 * 60_000 - 1);
    expect(answer.end).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(answer.end).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends nothing more to slow readers, and finally closes their streams', () => {
    const answer = new Answer();
    answer.end.mockImplementation(() => true); // what was written before is still to be read
    openStream(answer as unknown as Response, fresh);
    jest.advanceTimersByTime(10_000);
    expect(answer.write).toHaveBeenLastCalledWith(': alive\n\n');
    answer.write.mockClear();
    answer.writableNeedDrain = true;
    jest.advanceTimersByTime(15 * 60_000 - 1);
    expect(answer.write).not.toHaveBeenCalled();
    expect(answer.destroy).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(answer.destroy).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('reports when the cluster becomes unreachable, and when it is back', () => {
    const answer = new Answer();
    let tell = () => {};
    const leave = jest.fn();
    const stale = {
      who: 'cluster' as const,
      since: '2026-11-20T08:00:00Z',
      age: 12,
      why: 'Away.',
    };
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

  it('reports at once that the cluster responds, to readers with an older state', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response, fresh);
    expect(answer.write.mock.calls).toEqual([
      ['event: staleness\ndata: null\n\n'],
    ]);
  });

  it('leaves no timer after the reader disconnects', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response, fresh);
    answer.emit('close');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves nothing for a reader who disconnected before the start', () => {
    const answer = new Answer();
    answer.destroyed = true;
    const leave = jest.fn();
    openStream(answer as unknown as Response, {
      ...fresh,
      onProgress: () => leave,
    });
    expect(leave).toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('answerValue', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  let answer: Answer;
  let change: () => void;
  let value: number;
  const leave = jest.fn();
  const told = () =>
    answer.write.mock.calls.flatMap(([text]) =>
      text.startsWith('data: ') ? [Number(text.slice(6))] : [],
    );
  function follow(): void {
    value = 1;
    answerValue(
      { query: { watch: 'true' } } as unknown as Request,
      answer as unknown as Response,
      {
        freshness: fresh,
        read: () => value,
        subscribe(listener) {
          change = () => {
            value += 1;
            listener();
          };
          return leave;
        },
      },
    );
  }
  beforeEach(() => {
    answer = new Answer();
    leave.mockClear();
  });

  it('combines simultaneous changes into one message', () => {
    follow();
    for (let count = 0; count < 5; count += 1) change();
    expect(told()).toEqual([1]);
    jest.advanceTimersByTime(100);
    expect(told()).toEqual([1, 6]);
  });

  it('sends slow readers the newest value after they have read', () => {
    follow();
    answer.writableNeedDrain = true;
    for (let count = 0; count < 5; count += 1) {
      change();
      jest.advanceTimersByTime(200);
    }
    expect(told()).toEqual([1]);
    answer.writableNeedDrain = false;
    answer.emit('drain');
    expect(told()).toEqual([1, 6]);
    answer.emit('drain');
    expect(told()).toEqual([1, 6]);
  });

  it('does not subscribe for a reader who disconnected before the start', () => {
    answer.destroyed = true;
    follow();
    expect(leave).toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});

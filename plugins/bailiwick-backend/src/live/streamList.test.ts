import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import { openStream } from './streamList';

/** The part of an answer that a stream uses. */
class Answer extends EventEmitter {
  readonly writeHead = jest.fn();
  readonly write = jest.fn();
  readonly end = jest.fn(() => this.emit('close'));
}

describe('openStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ends after 15 minutes, so that the reader’s rights are found out anew', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response);
    jest.advanceTimersByTime(15 * 60_000 - 1);
    expect(answer.end).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(answer.end).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when the reader goes', () => {
    const answer = new Answer();
    openStream(answer as unknown as Response);
    answer.emit('close');
    expect(jest.getTimerCount()).toBe(0);
  });
});

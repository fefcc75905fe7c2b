import { followRequests } from './followRequests';

describe('followRequests', () => {
  const answerNext = jest.fn();
  const refresh = jest.fn();
  let abort: AbortController;
  let isOpen: boolean;

  beforeEach(() => {
    abort = new AbortController();
    isOpen = true;
    answerNext.mockReset().mockResolvedValue(undefined);
    refresh.mockReset().mockResolvedValue(undefined);
  });
  const follow = (interval = 1) =>
    followRequests({
      code: { answerNext },
      refresh,
      isOpen: () => isOpen,
      signal: abort.signal,
      interval,
    });
  const endAt = (calls: number) => {
    if (answerNext.mock.calls.length === calls) isOpen = false;
  };

  it('answers one request after the other until the workspace closes', async () => {
    let running = 0;
    answerNext.mockImplementation(async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      endAt(3);
    });
    await follow();
    expect(answerNext).toHaveBeenCalledTimes(3);
    expect(answerNext).toHaveBeenCalledWith(abort.signal);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  it('goes on after errors, such as of a pod that restarts', async () => {
    answerNext.mockImplementation(async () => {
      endAt(3);
      throw new Error('connect ECONNREFUSED');
    });
    await follow();
    expect(answerNext).toHaveBeenCalledTimes(3);
  });

  it('does not call a closed workspace', async () => {
    isOpen = false;
    await follow();
    expect(answerNext).not.toHaveBeenCalled();
  });

  it('ends with its signal while it waits for a request', async () => {
    answerNext.mockImplementation(
      (signal: AbortSignal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        ),
    );
    const end = follow();
    abort.abort();
    await end;
    expect(answerNext).toHaveBeenCalledTimes(1);
  });

  it('pauses after an empty answer, however fast it came', async () => {
    const end = follow(3_600_000);
    await new Promise(setImmediate);
    expect(answerNext).toHaveBeenCalledTimes(1);
    // Aborting ends the pause, too.
    abort.abort();
    await end;
    expect(answerNext).toHaveBeenCalledTimes(1);
  });
});

import { spawn } from 'node:child_process';
import { availableParallelism, platform } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { processorWaitOf } from './processorWaitOf';

describe('processorWaitOf', () => {
  it('measures how long a process waits for a busy processor, on Linux', async () => {
    const loops = Array.from({ length: 2 * availableParallelism() }, () =>
      spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }),
    );
    const longest = () =>
      Math.max(...loops.map(({ pid }) => processorWaitOf(pid!)));
    const least = platform() === 'linux' ? 50 : 0;
    try {
      while (longest() < least) await pause(20);
      expect(longest()).toBeGreaterThanOrEqual(least);
    } finally {
      for (const loop of loops) loop.kill('SIGKILL');
    }
  }, 30_000);

  it('is 0 for a process that does not exist', () => {
    expect(processorWaitOf(2 ** 30)).toBe(0);
  });
});

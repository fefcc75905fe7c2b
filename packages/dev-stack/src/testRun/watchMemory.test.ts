/** @jest-environment node */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchMemory, withMemoryReports } from './watchMemory';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('watchMemory', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'memory-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gets a report of a growing process, and kills it', async () => {
    const program = `// ${folder}
      const held = [];
      const grow = () => held.push(Buffer.alloc(8 * 2 ** 20, 1));
      setInterval(grow, 50);`;
    const child = spawn(process.execPath, ['-e', program], {
      env: { ...process.env, ...withMemoryReports(folder) },
      stdio: 'ignore',
    });
    const lines: string[] = [];
    const limits = { report: 150 * 2 ** 20, end: 700 * 2 ** 20 };
    const end = watchMemory(line => lines.push(line), limits, folder);
    const [, signal] = await once(child, 'exit');
    end();
    expect(signal).toBe('SIGKILL');
    expect(lines).toEqual([
      expect.stringMatching(/ has 0\.\d GiB; it writes a report\.$/),
      expect.stringMatching(/^Its busiest threads: .* \d+ \(\d+ ticks\), /),
      expect.stringMatching(/ had 0\.\d GiB, and was killed\.$/),
    ]);
    const [file] = readdirSync(folder);
    const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    expect(report.header.processId).toBe(child.pid);
    expect(JSON.stringify(report.libuv)).toContain('timer');
  });
});

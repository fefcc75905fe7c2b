import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRuntime } from '../__fixtures__/writeRuntime';
import { ForkServer, type Program } from './ForkServer';

describe('ForkServer', () => {
  let folder: string;
  let server: ForkServer;
  const serverOf = (executable: string) =>
    new ForkServer(executable, { PATH: process.env.PATH, PYTHONPATH: folder }, [
      'json',
    ]);
  beforeEach(() => {
    folder = writeRuntime();
    server = serverOf('python3');
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** Starts a module with this text. */
  function start(text: string, on = server, more: Partial<Program> = {}) {
    writeFileSync(join(folder, 'program.py'), text);
    const said = { stdout: '', stderr: '' };
    const running = on.start(
      { module: 'program', arguments: ['a b'], folder, ...more },
      ({ stream, text: words }) => {
        said[stream] += words;
      },
    );
    return { running, said };
  }

  it('runs a program, with its output and exit code', async () => {
    const { running, said } = start(
      'import os, sys; print(sys.argv[1], os.environ["TOWN"]); sys.exit("No.")',
      server,
      { environment: { TOWN: 'Köln' } },
    );
    expect(running.exit).toBeUndefined();
    expect(await running.ended).toBe(1);
    expect(running.exit).toBe(1);
    expect(running.pid).toBeGreaterThan(1);
    expect(said).toEqual({ stdout: 'a b Köln\n', stderr: 'No.\n' });
  });

  it('ends a program with a signal', async () => {
    const { running } = start('import time; time.sleep(600)');
    running.kill('SIGTERM');
    expect(await running.ended).toBe(-15);
  });

  it('ends programs when it stops, and starts none afterwards', async () => {
    const { running } = start('import time; time.sleep(600)');
    await server.stop();
    expect(await running.ended).toBe(127);
    expect(await start('').running.ended).toBe(127);
  });

  it('reports why it did not start', async () => {
    const missing = serverOf(join(folder, 'no-python'));
    const { running, said } = start('', missing);
    expect(await running.ended).toBe(127);
    expect(said.stderr).toMatch(/no-python ENOENT/);
    await missing.stop();
  });
});

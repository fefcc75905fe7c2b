/** @jest-environment node */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@bailiwick/backstage-cli';

const table = JSON.parse(
  readFileSync(join(repositoryRoot, 'packages/cli/commands.json'), 'utf8'),
);

describe('the command line', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  });
  afterEach(() => rmSync(cache, { recursive: true }));

  /** Runs it where nothing was ever fetched. */
  function run(args: string[], env: Record<string, string> = {}) {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(repositoryRoot, 'scripts/run.mjs'), ...args],
      {
        encoding: 'utf8',
        timeout: 10_000,
        env: { PATH: '/nowhere', XDG_CACHE_HOME: cache, HOME: cache, ...env },
      },
    );
    expect(existsSync(join(cache, 'bailiwick'))).toBe(false);
    return { status, stderr, stdout };
  }

  it.each([
    [['strat'], 'Unknown command "strat". Did you mean start?'],
    [
      ['start', '--prot', '3'],
      'Unknown option --prot. Did you mean --port-base?',
    ],
    [['start', '--port-base', '80'], 'is not a number from 1024 to 65000'],
    [['start', '--port-base'], 'argument missing'],
    [['start', '7107'], 'Unexpected argument "7107"'],
    [['test', 'unti'], 'Unknown part "unti". Choose one of lint, types'],
  ])('refuses %j before anything is fetched', (args, words) => {
    const { status, stderr } = run(args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/For all options, run: npm .* --help\n$/);
  });

  it('notices options that npm kept for itself', () => {
    const { status, stderr } = run(['start'], { npm_config_detach: 'true' });
    expect(status).toBe(1);
    expect(stderr).toContain('Run: npm start -- --detach\n');
  });

  it.each(
    Object.keys(table.commands).filter(name => !table.commands[name].passesOn),
  )('helps with %s without fetching anything', name => {
    const { status, stdout } = run([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain(table.commands[name].help);
    for (const option of table.commands[name].options) {
      expect(stdout).toContain(table.options[option].help);
    }
  });

  it('lists all commands', () => {
    const { status, stdout } = run([]);
    expect(status).toBe(0);
    expect(stdout).toContain('npm run cluster');
  });
});

/** @jest-environment node */
import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@bailiwick/backstage-cli';

const scripts = join(repositoryRoot, 'scripts');

/** Appends to `yarn.txt` when it begins and ends, as slow as an installation. */
const slowYarn = `
  const { appendFileSync } = require('node:fs');
  appendFileSync('yarn.txt', 'begin\\n');
  setTimeout(() => appendFileSync('yarn.txt', 'end\\n'), 700);
`;

describe('an installation', () => {
  let clone: string;
  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'clone-'));
    for (const file of ['yarn.lock', 'package.json', '.yarnrc.yml']) {
      writeFileSync(join(clone, file), '');
    }
    mkdirSync(join(clone, 'node_modules'));
    writeFileSync(join(clone, 'yarn.cjs'), slowYarn);
  });
  afterEach(() => rmSync(clone, { recursive: true }));

  const lock = () => join(clone, '.yarn/bailiwick-install.lock');

  function install(): Promise<{ code: number | null; said: string }> {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { install } from '${scripts}/dependencies.mjs';
         const tools = { node: process.execPath, yarn: '${clone}/yarn.cjs', env: process.env };
         await install('${clone}', tools, text => console.log(text));`,
      ],
      { env: { ...process.env, XDG_CACHE_HOME: join(clone, 'cache') } },
    );
    let said = '';
    child.stdout.on('data', text => (said += text));
    child.stderr.on('data', text => (said += text));
    return new Promise(resolve => {
      child.on('close', code => resolve({ code, said }));
    });
  }

  const yarnRuns = () => readFileSync(join(clone, 'yarn.txt'), 'utf8');

  it('runs once when several commands want it at the same time', async () => {
    const all = await Promise.all([install(), install(), install()]);
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(yarnRuns()).toBe('begin\nend\n');
    const waited = all.filter(({ said }) => /Waiting for another/.test(said));
    expect(waited).toHaveLength(2);
    for (const { said } of waited) {
      expect(said).toMatch(
        /^Waiting for another install \(process \d+\)\nDependencies are installed\n$/,
      );
    }
    expect(readdirSync(join(clone, '.yarn'))).toEqual([]);
  });

  it('does not wait for a dead process', async () => {
    const { pid } = spawnSync('true');
    mkdirSync(join(clone, '.yarn'));
    writeFileSync(lock(), JSON.stringify({ pid, started: '1' }));
    const all = await Promise.all([install(), install()]);
    expect(all.map(({ code }) => code)).toEqual([0, 0]);
    expect(yarnRuns()).toBe('begin\nend\n');
  });

  it('releases the lock after a failure', async () => {
    writeFileSync(join(clone, 'yarn.cjs'), 'process.exit(1)');
    const { code, said } = await install();
    expect(code).not.toBe(0);
    expect(said).toContain('The dependencies could not be installed');
    expect(readdirSync(join(clone, '.yarn'))).toEqual([]);
  });
});

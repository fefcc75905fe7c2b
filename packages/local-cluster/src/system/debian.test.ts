/** @jest-environment node */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from './debian';

/** An apt-get without package lists, as on a fresh machine; its update fails in part. */
const aptGet = (folder: string) => `#!/bin/sh
echo "$*" >> ${folder}/calls
case "$*" in
  *update*) touch ${folder}/lists; exit 100;;
  *install*) test -e ${folder}/lists || { echo 'E: Unable to locate package' >&2; exit 100; }
    for each; do :; done; touch ${folder}/bin/$each; chmod +x ${folder}/bin/$each;;
esac
`;

describe('missing Debian packages', () => {
  let folder: string;
  const before = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'debian-'));
    mkdirSync(join(folder, 'bin'));
    process.env.PATH = `${folder}/bin:/usr/bin:/bin`;
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
  });
  afterEach(() => {
    process.env = { ...before };
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const asUser = (id: number) =>
    jest.spyOn(process, 'getuid').mockReturnValue(id);

  function giveAptGet(): void {
    writeFileSync(join(folder, 'bin/apt-get'), aptGet(folder));
    chmodSync(join(folder, 'bin/apt-get'), 0o755);
  }

  it('are installed by root, with new lists when there are none', async () => {
    asUser(0);
    giveAptGet();
    const told: string[] = [];
    await ensureDebianPackages(
      { 'strange-tool': 'strange-tool', 'base-files': '/etc/debian_version' },
      { report: text => told.push(text) },
    );
    const calls = readFileSync(join(folder, 'calls'), 'utf8')
      .trim()
      .split('\n');
    expect(calls.map(call => call.match(/install|update/)?.[0])).toEqual([
      'install',
      'update',
      'install',
    ]);
    expect(calls[0]).toMatch(/ strange-tool$/);
    expect(told).toEqual(['installing strange-tool']);
    expect(existsSync(join(folder, 'cache/bailiwick/apt.lock'))).toBe(false);
  });

  it('are installed once when several parts want them', async () => {
    asUser(0);
    giveAptGet();
    writeFileSync(join(folder, 'lists'), '');
    const ensure = () =>
      ensureDebianPackages({ 'strange-tool': 'strange-tool' }, { report() {} });
    await Promise.all([ensure(), ensure(), ensure()]);
    const calls = readFileSync(join(folder, 'calls'), 'utf8')
      .trim()
      .split('\n');
    expect(calls).toHaveLength(1);
  });

  it('are named with the exact command if the user cannot install them', async () => {
    asUser(1000);
    giveAptGet();
    const ensured = ensureDebianPackages(
      { 'strange-tool': 'strange-tool' },
      { report() {} },
    );
    await expect(ensured).rejects.toMatchObject({
      message: expect.stringContaining('strange-tool'),
      remedy:
        'Run as root: apt-get update && apt-get install --no-install-recommends -y strange-tool',
    });
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  it('are named where there is no apt-get', async () => {
    asUser(0);
    process.env.PATH = join(folder, 'bin');
    await expect(
      ensureDebianPackages({ 'strange-tool': 'strange-tool' }, { report() {} }),
    ).rejects.toMatchObject({
      remedy: expect.stringContaining('package manager of this system'),
    });
  });
});

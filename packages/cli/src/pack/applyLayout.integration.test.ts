import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isNotFound } from '@bailiwick/backstage-kube-controller';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { generateKeyPairSync } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPack as run } from '../__testUtils__/runPack';
import { initPack } from './initPack';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const digestAnnotation = 'bailiwick.dev/pack-digest';

integration('a pack from an OCI layout on a real API server', () => {
  let cluster: TestCluster;
  let folder: string;
  const at = (path: string) => join(folder, path);

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
    folder = mkdtempSync(join(tmpdir(), 'apply-'));
    for (const name of ['ours', 'theirs']) {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      writeFileSync(
        at(`${name}.key`),
        privateKey.export({ type: 'pkcs8', format: 'pem' }),
      );
      writeFileSync(
        at(`${name}.pub`),
        publicKey.export({ type: 'spki', format: 'pem' }),
      );
    }
    initPack(at('plants'));
  }, 120_000);
  afterAll(async () => {
    if (folder) rmSync(folder, { recursive: true });
    await cluster?.stop();
  }, 60_000);

  function build(name: string, ...args: string[]) {
    const { stderr, status, stdout } = run(
      'build',
      at('plants'),
      '--output',
      at(name),
      ...args,
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return stdout.trim();
  }
  const apply = (target: string, ...args: string[]) =>
    run('apply', target, '--kubeconfig', cluster.kubeconfig, ...args);
  const stored = () =>
    cluster.client.resource<DomainPack>(domainPackKind).get('plants');
  const isInstalled = () =>
    stored().then(
      () => true,
      error => {
        if (isNotFound(error)) return false;
        throw error;
      },
    );

  it('is refused, and nothing applied, unless it is signed by the key', async () => {
    build('unsigned');
    const missing = apply(at('unsigned'), '--verify', at('ours.pub'));
    expect(missing.stderr).toMatch(/has no signature/);
    build('foreign', '--sign', at('theirs.key'));
    const wrong = apply(at('foreign'), '--verify', at('ours.pub'));
    expect(wrong.stderr).toMatch(
      /The pack sha256:\S+ has no signature by the key/,
    );
    expect([missing.status, wrong.status]).toEqual([1, 1]);
    expect(await isInstalled()).toBe(false);
  });

  it('is refused when the site wants each pack signed, as is a folder', () => {
    process.env.BAILIWICK_PACK_KEY = at('ours.pub');
    try {
      expect(apply(at('unsigned')).status).toBe(1);
      const foreign = apply(at('foreign'), '--verify', at('theirs.pub'));
      expect(foreign.stderr).toMatch(
        /The pack \S+ has no signature by the key/,
      );
      const files = apply(at('plants'));
      expect(files.stderr).toContain('so it has no signature to verify');
      expect(files.status).toBe(1);
    } finally {
      delete process.env.BAILIWICK_PACK_KEY;
    }
  });

  it('is not built over another one, which is no fault of the pack', () => {
    build('once');
    const again = run('build', at('plants'), '--output', at('once'));
    expect(again.stderr).toContain(`${at('once')} is not empty`);
    expect(again.stderr).toContain('Choose a new folder with --output');
    expect(again.stderr).not.toContain('cannot be used');
    expect(again.status).toBe(1);
  });

  it('is refused, and nothing applied, when a blob was changed', async () => {
    build('changed');
    const blobs = at('changed/blobs/sha256');
    const [largest] = readdirSync(blobs)
      .map(name => join(blobs, name))
      .sort((one, other) => statSync(other).size - statSync(one).size);
    const content = readFileSync(largest);
    content[content.length - 100] ^= 1;
    writeFileSync(largest, content);
    const { status, stderr } = apply(at('changed'));
    expect(stderr).toMatch(/The content does not match its digest and size/);
    expect(status).toBe(1);
    expect(await isInstalled()).toBe(false);
  });

  it('is installed with its digest, which a later version from a folder removes', async () => {
    const digest = build('signed', '--sign', at('ours.key'));
    const { stderr } = apply(
      `${at('signed')}@${digest}`,
      '--verify',
      at('ours.pub'),
    );
    expect(stderr).toBe(`Installed pack plants 0.1.0 from ${digest}.\n`);
    const { metadata, spec } = await stored();
    expect(metadata.annotations?.[digestAnnotation]).toBe(digest);
    expect(spec.archetypes).toMatchObject([{ name: 'overview' }]);

    expect(apply(at('plants')).status).toBe(0);
    const later = await stored();
    expect(later.spec).toEqual(spec);
    expect(later.metadata.annotations?.[digestAnnotation]).toBeUndefined();
  });
});

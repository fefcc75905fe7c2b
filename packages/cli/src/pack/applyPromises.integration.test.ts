import {
  appKind,
  domainPackKind,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { app } from '@bailiwick/backstage-testing/objects';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPack } from '../__testUtils__/runPack';
import { initPack } from './initPack';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

integration('pack apply on a real API server', () => {
  let cluster: TestCluster;
  let folder: string;
  const packs = () => cluster.client.resource<DomainPack>(domainPackKind);
  const apply = (...args: string[]) =>
    runPack('apply', folder, '--kubeconfig', cluster.kubeconfig, ...args);
  const installed = async () => {
    const { spec } = await packs().get('plants');
    return [spec.version, spec.title];
  };

  function change(field: string, value: string) {
    const file = join(folder, 'pack.yaml');
    const text = readFileSync(file, 'utf8');
    const line = new RegExp(`^  ${field}: .*$`, 'm');
    writeFileSync(file, text.replace(line, `  ${field}: ${value}`));
  }

  /** Deletes the added policies. */
  function undo() {
    const file = join(folder, 'pack.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/\n {2}policies: .*$/m, ''));
  }

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
    folder = join(mkdtempSync(join(tmpdir(), 'promises-')), 'plants');
    initPack(folder);
    apply();
    const archetype = { pack: 'plants', version: '0.1.0', name: 'overview' };
    await cluster.client
      .resource<App>(appKind)
      .create(app('garden', 'default', { archetype }));
  }, 120_000);
  afterAll(async () => {
    if (folder) rmSync(join(folder, '..'), { recursive: true });
    await cluster?.stop();
  }, 60_000);

  it('changes no installed version, unless forced', async () => {
    expect(await installed()).toEqual(['0.1.0', 'Plants']);
    change('title', 'Green plants');
    const { status, stderr } = apply();
    expect(stderr).toContain('  cosmetic  The pack: title changed\n');
    expect(stderr).toContain(
      'plants 0.1.0 is already installed with different',
    );
    expect(stderr).toContain('Raise version in pack.yaml to 0.1.1 or later');
    expect(status).toBe(1);
    expect(await installed()).toEqual(['0.1.0', 'Plants']);
    expect(apply('--force').status).toBe(0);
    expect(await installed()).toEqual(['0.1.0', 'Green plants']);
  });

  it('installs a version that declares its changes, and keeps the previous one for its apps', async () => {
    change('version', '0.1.1');
    change('title', 'Plants');
    const { status, stderr } = apply();
    expect(stderr).toContain(
      'plants 0.1.0 is kept for its apps and releases.\n',
    );
    expect(status).toBe(0);
    expect(await installed()).toEqual(['0.1.1', 'Plants']);
    expect((await packs().get('plants--0.1.0')).spec.title).toBe(
      'Green plants',
    );
  });

  it('rejects a policy that would block an existing app for good, and names apps that break a policy', async () => {
    change('version', '1.0.0');
    const policies = (rule: string) =>
      change(
        'archetypes',
        `[overview]\n  policies: [{ rule: '${rule}', message: Known places }]`,
      );
    policies('app.title != "Prices" || app.answers.kind == "fruit"');
    const locked = apply();
    expect(locked.stderr).toContain(
      'The policy "Known places" cannot be evaluated for the app default/garden',
    );
    expect(locked.status).toBe(1);
    expect(await installed()).toEqual(['0.1.1', 'Plants']);
    undo();
    policies('app.title != "Prices"');
    const { status, stderr } = apply();
    expect(stderr).toContain(
      'violate the policy "Known places": default/garden. They keep running',
    );
    expect(status).toBe(0);
    undo();
  });

  it('does not create a template that another pack has', async () => {
    const other = await packs().get('plants');
    const [archetype] = other.spec.archetypes;
    await packs().create({
      ...other,
      metadata: { name: 'plants-over' },
      spec: { ...other.spec, archetypes: [{ ...archetype, name: 'view' }] },
    });
    cpSync(
      join(folder, 'archetypes/overview'),
      join(folder, 'archetypes/over-view'),
      { recursive: true },
    );
    change('archetypes', '[overview, over-view]');
    const { status, stderr } = apply();
    expect(stderr).toContain(
      'The pack plants-over already has a template plants-over-view.',
    );
    expect(status).toBe(1);
    change('archetypes', '[overview]');
    rmSync(join(folder, 'archetypes/over-view'), { recursive: true });
  });

  it('installs neither an older version nor over another pack', async () => {
    change('version', '0.0.9');
    const older = apply();
    expect(older.stderr).toContain('0.0.9 is older');
    expect(older.status).toBe(1);
    change('version', '9.0.0');
    change('owners', '[group:default/farmers]');
    const others = apply();
    expect(others.stderr).toContain("Another team's pack plants is installed");
    expect(others.status).toBe(1);
    expect(await installed()).toEqual(['1.0.0', 'Plants']);
  });
});

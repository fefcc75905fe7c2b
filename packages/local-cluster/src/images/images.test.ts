/** @jest-environment node */
import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedLayer } from './debianLayers';
import { saveBuildContext } from './buildContext';
import { dockerfile } from './dockerfile';
import { readImageSpec } from './ImageSpec';
import { packLayer } from './imageArchive';
import { writeSpecArchive } from './saveImage';
import { hashSpec } from './specHash';

describe('image specs', () => {
  let folder: string;
  const file = () => join(folder, 'image.json');
  const spec = {
    name: 'bailiwick/python',
    debian: { suite: 'bookworm', packages: ['python3'] },
    pip: { requirements: 'requirements.txt', python: '3.11' },
    copy: [{ from: 'src', to: '/opt/src' }],
    env: { MODE: 'a "quoted" word' },
    entrypoint: ['python3', '-m', 'bailiwick'],
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bailiwick-spec-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.py'), 'a = 1\n');
    writeFileSync(join(folder, 'requirements.txt'), 'fastapi==1\n');
    writeFileSync(file(), JSON.stringify(spec));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('count paths from their own folder and fill in defaults', () => {
    const read = readImageSpec(file());
    expect(read.copy).toEqual([{ from: join(folder, 'src'), to: '/opt/src' }]);
    expect(read).toMatchObject({ user: 1000, workdir: '/' });
  });

  it('are rejected without a usable name', () => {
    writeFileSync(file(), JSON.stringify({ ...spec, name: 'Python:latest' }));
    expect(() => readImageSpec(file())).toThrow('needs a name');
  });

  it('need no Debian if they only copy files', () => {
    const copy = [{ from: 'src', to: '/' }];
    writeFileSync(file(), JSON.stringify({ name: 'bailiwick/files', copy }));
    const read = readImageSpec(file());
    expect(read.debian).toBeUndefined();
    expect(dockerfile(read)).toMatch(/^FROM scratch\nCOPY copy\/0 \/\n/);
    writeFileSync(file(), JSON.stringify({ ...spec, debian: undefined }));
    expect(() => readImageSpec(file())).toThrow('or only files to copy');
  });

  it('take Node.js from its own image in a Dockerfile', () => {
    writeFileSync(file(), JSON.stringify({ ...spec, node: '24.1.0' }));
    expect(dockerfile(readImageSpec(file()))).toContain(
      'COPY --from=node:24.1.0-bookworm-slim /usr/local/bin/node /usr/local/bin/node\n',
    );
  });

  it('take what they leave out from another spec, and keep what they have', () => {
    writeFileSync(
      join(folder, 'base.json'),
      JSON.stringify({ node: '24.1.0', user: 65532, workdir: '/base' }),
    );
    writeFileSync(
      file(),
      JSON.stringify({ ...spec, extends: 'base.json', workdir: '/own' }),
    );
    expect(readImageSpec(file())).toMatchObject({
      name: 'bailiwick/python',
      node: '24.1.0',
      user: 65532,
      workdir: '/own',
    });
    rmSync(join(folder, 'base.json'));
    expect(() => readImageSpec(file())).toThrow(join(folder, 'base.json'));
  });

  it('hash to something else with another version of Node.js', () => {
    const hash = (node: string) => {
      writeFileSync(file(), JSON.stringify({ ...spec, node }));
      return hashSpec(readImageSpec(file())).image;
    };
    expect(hash('24.1.0')).not.toBe(hash('24.2.0'));
  });

  it('are rejected when they are no JSON, naming the file', () => {
    writeFileSync(file(), 'name: a');
    expect(() => readImageSpec(file())).toThrow(file());
  });

  it('hash to the same when only leftovers of running the sources changed', () => {
    const before = hashSpec(readImageSpec(file()));
    mkdirSync(join(folder, 'src', '__pycache__'));
    writeFileSync(join(folder, 'src', '__pycache__', 'a.pyc'), 'x');
    expect(hashSpec(readImageSpec(file()))).toEqual(before);
  });

  it('keep the layers that a changed source does not touch', () => {
    const before = hashSpec(readImageSpec(file()));
    writeFileSync(join(folder, 'src', 'a.py'), 'a = 2\n');
    const after = hashSpec(readImageSpec(file()));
    expect(after).toMatchObject({ base: before.base, pip: before.pip });
    expect(after.image).not.toBe(before.image);
  });

  it('become a Dockerfile that keeps pip out of the image', () => {
    const text = dockerfile(readImageSpec(file()));
    const last = text.slice(text.lastIndexOf('FROM base'));
    expect(last).not.toContain('apt-get');
    expect(last).toContain(
      'COPY --from=pip /opt/bailiwick/lib /opt/bailiwick/lib',
    );
    expect(last).toContain('COPY copy/0 /opt/src');
    expect(last).not.toContain('compileall');
    expect(last).toContain('ENV MODE="a \\"quoted\\" word"');
    expect(last).toContain('USER 1000');
  });

  it('become a folder for docker build, without what was in it before', async () => {
    const target = join(folder, 'context');
    mkdirSync(target);
    writeFileSync(join(target, 'old'), '');
    await saveBuildContext(file(), target);
    expect(readdirSync(target).sort()).toEqual([
      'Dockerfile',
      'copy',
      'requirements.txt',
    ]);
    expect(readFileSync(join(target, 'copy/0/a.py'), 'utf8')).toBe('a = 1\n');
    expect(readFileSync(join(target, 'Dockerfile'), 'utf8')).toBe(
      dockerfile(readImageSpec(file())),
    );
  });

  it('compile the files copied to Python’s packages', () => {
    const to = '/opt/bailiwick/lib/own';
    writeFileSync(
      file(),
      JSON.stringify({ ...spec, copy: [{ from: 'src', to }] }),
    );
    const text = dockerfile(readImageSpec(file()));
    expect(text).toMatch(
      new RegExp(`COPY copy/0 ${to}\\nRUN python3 -m compileall .* ${to}\\n`),
    );
  });

  it('become an archive as docker save writes it', async () => {
    const layer = join(folder, 'layer.tar');
    const target = join(folder, 'image.tar');
    await packLayer(join(folder, 'src'), layer);
    await writeSpecArchive(readImageSpec(file()), {
      reference: 'bailiwick/python:1',
      layers: [layer],
      target,
    });
    const read = (member: string) =>
      execFileSync('tar', ['-xOf', target, member]).toString();
    const [image] = JSON.parse(read('manifest.json'));
    expect(image).toMatchObject({
      RepoTags: ['bailiwick/python:1'],
      Layers: ['layer.tar'],
    });
    const again = `${target}.again`;
    await writeSpecArchive(readImageSpec(file()), {
      reference: 'bailiwick/python:1',
      layers: [layer],
      target: again,
    });
    expect(readFileSync(again)).toEqual(readFileSync(target));
    const { config, rootfs } = JSON.parse(read(image.Config));
    expect(config).toMatchObject({
      Entrypoint: spec.entrypoint,
      User: '1000',
      Env: expect.arrayContaining(['MODE=a "quoted" word']),
    });
    expect(rootfs.diff_ids).toHaveLength(1);
  });
});

describe('layers in the cache', () => {
  const { XDG_CACHE_HOME: before } = process.env;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bailiwick-layers-'));
    process.env.XDG_CACHE_HOME = folder;
  });

  afterEach(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(folder, { recursive: true });
  });

  it('are created once for concurrent callers', async () => {
    let made = 0;
    const make = async (target: string) => {
      made += 1;
      await writeFile(target, `layer ${made}`);
    };
    const files = await Promise.all([
      cachedLayer('base-1', make),
      cachedLayer('base-1', make),
    ]);
    expect(made).toBe(1);
    expect(files[0]).toBe(files[1]);
    expect(readFileSync(files[0], 'utf8')).toBe('layer 1');
  });

  it('can be created again after a failure', async () => {
    const broken = () => Promise.reject(new Error('no network'));
    await expect(cachedLayer('base-1', broken)).rejects.toThrow('no network');
    const file = await cachedLayer('base-1', target =>
      writeFile(target, 'layer'),
    );
    expect(readFileSync(file, 'utf8')).toBe('layer');
  });
});

import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { billOfMaterials } from './billOfMaterials';
import { packLayer } from './imageArchive';

const dpkgStatus = `Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9+deb12u10

Package: removed
Status: deinstall ok config-files
Architecture: amd64
Version: 1
`;

describe('billOfMaterials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bill-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Packs files as a layer. */
  async function layer(name: string, files: Record<string, string>) {
    const root = join(folder, name);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    await packLayer(root, `${root}.tar`);
    return `${root}.tar`;
  }

  it('lists packages of all kinds, in a valid document', async () => {
    const bundle = join(folder, 'main.mjs');
    writeFileSync(
      `${bundle}.packages.json`,
      JSON.stringify([
        { name: '@scope/bundled', version: '1.0.0', license: 'MIT' },
        { name: 'unclear', version: '2.0.0', license: 'SEE LICENSE IN FILE' },
      ]),
    );
    const pages = join(folder, 'pages');
    writeFileSync(
      `${pages}.packages.json`,
      JSON.stringify([{ name: 'in-pages', version: '3.0.0', license: 'ISC' }]),
    );
    const layers = [
      await layer('debian', { 'var/lib/dpkg/status': dpkgStatus }),
      await layer('files', {
        'var/lib/dpkg/status.d/git':
          'Package: git\nVersion: 1:2.39.5-0+deb12u2\nArchitecture: amd64\n',
        'var/lib/dpkg/status.d/zlib1g':
          'Package: zlib1g\nVersion: 1:1.2.13\nArchitecture: amd64\n',
      }),
      await layer('python', {
        'opt/lib/Uv_Icorn-0.30.0.dist-info/METADATA':
          'Metadata-Version: 2.4\nName: Uv_Icorn\nVersion: 0.30.0\nLicense-Expression: BSD-3-Clause\n\nText\n',
        'opt/app/node_modules/a/package.json':
          '{"name": "a", "version": "1.2.3", "license": "Apache-2.0 OR MIT"}',
        'opt/app/node_modules/a/lib/package.json': '{"type": "module"}',
      }),
    ];
    const bill = await billOfMaterials(
      {
        name: 'bailiwick/operator',
        node: '24.21.0',
        copy: [
          { from: bundle, to: '/opt/main.mjs' },
          { from: pages, to: '/opt/pages' },
          { from: folder, to: '/opt/others' },
        ],
        env: {},
        user: 65532,
        workdir: '/',
        entrypoint: [],
      },
      layers,
      '123',
    );
    expect(bill.components.map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/git@1:2.39.5-0%2Bdeb12u2?arch=amd64',
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64',
      'pkg:deb/debian/zlib1g@1:1.2.13?arch=amd64',
      'pkg:generic/node@24.21.0',
      'pkg:npm/%40scope/bundled@1.0.0',
      'pkg:npm/a@1.2.3',
      'pkg:npm/in-pages@3.0.0',
      'pkg:npm/unclear@2.0.0',
      'pkg:pypi/uv-icorn@0.30.0',
    ]);
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(JSON.stringify(bill))).toBeNull();
    const broken = { ...bill, components: [{ name: 'without a type' }] };
    expect(await validator.validate(JSON.stringify(broken))).not.toBeNull();
  });
});

import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../process/run';
import type { ImageSpec } from './ImageSpec';

/** A package: component of a CycloneDX document. */
interface Component {
  type: 'library' | 'platform';
  name: string;
  version: string;
  purl: string;
  cpe?: string;
  licenses?: { license: { name: string } }[];
}

/** A CycloneDX 1.6 document (ECMA-424). */
export interface BillOfMaterials {
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  version: 1;
  metadata: {
    component: { type: 'container'; name: string; version: string };
  };
  components: Component[];
}

/**
 * Package of a bundled program, as `scripts/bundle.mjs` lists it beside the bundle, or of pages in a folder, which is
 * listed beside that.
 */
interface NpmPackage {
  name?: string;
  version?: string;
  license?: unknown;
}

/** Paths inside layers that describe packages. */
const descriptions = [
  /^\.\/var\/lib\/dpkg\/(status|status\.d\/[^/]+)$/,
  /\.dist-info\/METADATA$/,
  /\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/,
];

/**
 * Lists the packages in an image: of Debian, Node.js, npm and Python. Equal images have equal lists.
 *
 * @param layers - uncompressed tar files
 * @param version - tag of the image
 */
export async function billOfMaterials(
  spec: ImageSpec,
  layers: readonly string[],
  version: string,
): Promise<BillOfMaterials> {
  const root = await mkdtemp(join(tmpdir(), 'bailiwick-bill-'));
  try {
    for (const layer of layers) await unpackDescriptions(layer, root);
    const found = [
      ...debianComponents(root),
      ...nodeComponents(spec),
      ...pythonComponents(root),
      ...npmComponents(spec, root),
    ];
    const components = [...new Map(found.map(one => [one.purl, one])).values()];
    components.sort((one, other) => (one.purl < other.purl ? -1 : 1));
    return {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: { component: { type: 'container', name: spec.name, version } },
      components,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function unpackDescriptions(layer: string, root: string): Promise<void> {
  const listed = await run('tar', ['-tf', layer]);
  const wanted = listed
    .split('\n')
    .filter(path => descriptions.some(pattern => pattern.test(path)));
  if (wanted.length === 0) return;
  const names = join(root, 'names');
  await writeFile(names, wanted.join('\n'));
  await run('tar', [
    ...['-xf', layer, '-C', root, '--no-same-owner'],
    ...['--verbatim-files-from', '-T', names],
  ]);
}

/** Reads the database of dpkg (deb822(5)), or what is left of it in an image with only the files of packages. */
function debianComponents(root: string): Component[] {
  return read(root, 'var/lib/dpkg/{status,status.d/*}')
    .flatMap(text => text.split(/^(?=Package: )/m))
    .map(entry => (name: string) => field(entry, name))
    .filter(fieldOf => fieldOf('Package'))
    .filter(fieldOf => /^$| ok installed$/.test(fieldOf('Status') ?? ''))
    .map(fieldOf => {
      const [name, version] = [fieldOf('Package'), fieldOf('Version')];
      const purl = `pkg:deb/debian/${quote(name)}@${quote(
        version,
      )}?arch=${fieldOf('Architecture')}`;
      return { type: 'library', name, version, purl };
    });
}

function nodeComponents({ node }: ImageSpec): Component[] {
  if (!node) return [];
  const cpe = `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`;
  const purl = `pkg:generic/node@${node}`;
  return [{ type: 'platform', name: 'node', version: node, purl, cpe }];
}

function pythonComponents(root: string): Component[] {
  return read(root, '**/*.dist-info/METADATA').map(text => {
    const [name, version] = [field(text, 'Name'), field(text, 'Version')];
    const expression = field(text, 'License-Expression');
    const normalized = name.toLowerCase().replace(/[-_.]+/g, '-');
    return {
      type: 'library',
      name,
      version,
      purl: `pkg:pypi/${normalized}@${quote(version)}`,
      ...licensed(expression),
    };
  });
}

/** Lists the packages in `node_modules`, and those in bundles. */
function npmComponents({ copy }: ImageSpec, root: string): Component[] {
  const bundled = copy
    .map(({ from }) => `${from}.packages.json`)
    .filter(file => file.includes('.mjs.') || existsSync(file))
    .flatMap((file): NpmPackage[] => JSON.parse(readFileSync(file, 'utf8')));
  const installed = read(root, '**/node_modules/{*,@*/*}/package.json').map(
    (text): NpmPackage => JSON.parse(text),
  );
  return [...bundled, ...installed].flatMap(({ license, name, version }) => {
    if (!name || !version) return [];
    return [
      {
        type: 'library' as const,
        name,
        version,
        purl: `pkg:npm/${name.split('/').map(quote).join('/')}@${quote(
          version,
        )}`,
        ...licensed(license),
      },
    ];
  });
}

function read(root: string, pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map(file => readFileSync(join(root, file), 'utf8'));
}

/** Returns a license, unless it is in the form of earlier versions of npm. */
function licensed(name: unknown): Pick<Component, 'licenses'> {
  return typeof name === 'string' && name !== ''
    ? { licenses: [{ license: { name } }] }
    : {};
}

/** Returns the first field of a name in a text with headers; empty if there is none. */
function field(text: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1].trim() ?? '';
}

/** Quotes a part of a package URL (ECMA-427). */
function quote(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':');
}

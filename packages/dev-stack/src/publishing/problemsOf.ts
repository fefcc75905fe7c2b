import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * What `backstage-cli package prepack` writes into every package: ES modules in `.js` files for bundlers, types after
 * other conditions, and a condition with the kind of a feature. Packages of Backstage have the same.
 */
const written = {
  publint: [
    'CJS_WITH_ESMODULE_DEFAULT_EXPORT',
    'EXPORTS_TYPES_SHOULD_BE_FIRST',
    'EXPORTS_VALUE_INVALID',
    'FILE_INVALID_FORMAT',
    'TYPES_NOT_EXPORTED',
  ],
  types: [
    'CJSOnlyExportsDefault',
    'FallbackCondition',
    'UnexpectedModuleSyntax',
  ],
};

/** Fields that a registry shows. */
const shown = ['description', 'keywords', 'license'] as const;

/** Content of a package that people and registries read. */
export interface PackageContent {
  manifest: Record<string, unknown>;
  readme: string;
  /** Paths, relative to the package. */
  files: readonly string[];
}

/**
 * Returns why a package must not be published.
 *
 * @param tarball - as `yarn pack` writes it
 * @param published - names of all packages that are published with it
 */
export async function problemsOf(
  tarball: Uint8Array,
  published: readonly string[],
): Promise<string[]> {
  const { buffer } = Uint8Array.from(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: buffer } });
  const packed = createPackageFromTarballData(tarball);
  const types = await checkPackage(packed);
  const root = `/node_modules/${packed.packageName}/`;
  const files = packed.listFiles().map(path => path.slice(root.length));
  return [
    ...messages
      .filter(({ code }) => !written.publint.includes(code))
      .filter(({ type }) => type !== 'suggestion')
      .map(message => formatMessage(message, pkg) ?? message.code),
    ...(types.types === false
      ? ['It has no types']
      : types.problems.map(({ kind }) => kind as string)
    ).filter(kind => !written.types.includes(kind)),
    ...contentProblems(
      {
        manifest: pkg,
        readme: files.includes('README.md')
          ? packed.readFile(`${root}README.md`)
          : '',
        files,
      },
      published,
    ),
  ];
}

/** Problems that tools for all packages do not find. */
export function contentProblems(
  { files, manifest, readme }: PackageContent,
  published: readonly string[],
): string[] {
  const needed = Object.keys({
    ...(manifest.dependencies as object),
    ...(manifest.peerDependencies as object),
  });
  const links = [...readme.matchAll(/\]\((?!#|https?:\/\/)([^)#]+)/g)];
  return [
    ...shown
      .filter(field => !manifest[field])
      .map(field => `package.json has no ${field}`),
    ...['README.md', 'LICENSE']
      .filter(name => !files.includes(name))
      .map(name => `${name} is missing`),
    ...needed
      .filter(name => name.startsWith('@bailiwick/'))
      .filter(name => !published.includes(name))
      .map(name => `It depends on ${name}, which is not published`),
    ...links
      .filter(([, target]) => !files.includes(target))
      .map(([, target]) => `README.md links to ${target}, which is not packed`),
  ];
}

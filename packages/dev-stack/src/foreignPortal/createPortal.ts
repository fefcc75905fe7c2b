import {
  CommandError,
  repositoryRoot,
  runProgram,
} from '@bailiwick/backstage-cli';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { BackstageLine } from './backstageLines';

const yarnVersion = '4.13.0';

/** A portal in a folder, and how to run programs in it. */
export interface ForeignPortal {
  folder: string;
  /** Whether it uses the legacy frontend system. */
  isLegacy: boolean;
  /** Runs a shell script in the folder. @throws CommandError if the script fails */
  run(script: string): Promise<void>;
  env: Record<string, string>;
  /** File with the output of all programs. */
  log: string;
}

/** Reads a JSON file, changes it and writes it. */
function changeJson(path: string, change: (content: any) => void): void {
  const content = JSON.parse(readFileSync(path, 'utf8'));
  change(content);
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

/** Gives the website among the example entities a Kubernetes tab. */
function showOnKubernetesTab(path: string): void {
  const entities = parseAllDocuments(readFileSync(path, 'utf8')).map(one =>
    one.toJS(),
  );
  const { metadata } = entities.find(
    one => one?.metadata.name === 'example-website',
  );
  metadata.annotations = {
    ...metadata.annotations,
    'backstage.io/kubernetes-id': 'example-website',
  };
  const texts = entities.filter(Boolean).map(one => stringify(one));
  writeFileSync(path, texts.join('---\n'));
}

/**
 * Creates and installs a portal with Backstage's `create-app`, and commits all its files.
 *
 * @param root - empty folder for the portal and the programs that create it
 * @param options - `line`: its release of Backstage; `isLegacy`: whether it uses the legacy frontend system; `settings`:
 * its local configuration
 */
export async function createPortal(
  root: string,
  {
    line: { createApp, node, versions },
    isLegacy,
    settings,
  }: { line: BackstageLine; isLegacy: boolean; settings: object },
): Promise<ForeignPortal> {
  const own = JSON.parse(
    readFileSync(join(repositoryRoot, 'package.json'), 'utf8'),
  );
  const tools = join(root, 'tools');
  const folder = join(root, 'portal');
  const log = join(root, 'portal.log');
  const env: Record<string, string> = {
    PATH: [join(tools, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    BACKSTAGE_APP_NAME: 'portal',
    // Yarn would ask a search service on the internet whether packages have types.
    YARN_TS_ENABLE_AUTO_TYPES: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
  // Native modules are compiled against the headers of the Node.js that loads them.
  if (node)
    env.npm_config_nodedir = join(
      tools,
      `node_modules/node/node_modules/node-${process.platform}-${process.arch}`,
    );
  const runIn = async (cwd: string, script: string) => {
    const code = await runProgram('sh', ['-ec', script], { cwd, env, log });
    if (code !== 0)
      throw new CommandError(
        `"${script}" failed with exit code ${code}.`,
        `See the end of ${log}.`,
      );
  };
  mkdirSync(tools);
  writeFileSync(
    join(tools, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: {
        '@backstage/create-app': createApp,
        '@yarnpkg/cli-dist': yarnVersion,
        ...(node && { node }),
      },
      overrides: {
        '@backstage/cli-common': own.resolutions['@backstage/cli-common'],
      },
    }),
  );
  await runIn(tools, 'npm install');
  await runIn(
    tools,
    `backstage-create-app ${
      isLegacy ? '--legacy' : ''
    } --skip-install --path "${folder}"`,
  );
  // create-app downloads a lock file, without which the newest versions may not fit together.
  copyFileSync(join(repositoryRoot, 'yarn.lock'), join(folder, 'yarn.lock'));
  changeJson(join(folder, 'package.json'), content => {
    // As the guide says for older releases.
    Object.assign(content.resolutions, versions);
    for (const [name, version] of Object.entries<string>(own.resolutions))
      if (!version.startsWith('patch:')) content.resolutions[name] = version;
    content.dependenciesMeta = own.dependenciesMeta;
  });
  showOnKubernetesTab(join(folder, 'examples/entities.yaml'));
  writeFileSync(join(folder, 'app-config.local.yaml'), stringify(settings));
  await runIn(
    folder,
    'yarn install && git add --all && git commit --quiet --message "Portal"',
  );
  return { folder, isLegacy, env, log, run: script => runIn(folder, script) };
}

// Checks what no linter knows: who may import whom, import cycles across folders, file names and sizes, default exports,
// and words.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCycles } from './importCycles.mjs';
import { proseProblems } from './prose.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scope = '@bailiwick/backstage-';

/** Which packages of ours each package may depend on at run time (docs/architecture.md). */
const mayImport = {
  'plugins/bailiwick-common': [],
  'plugins/bailiwick-node': ['plugin-bailiwick-common', 'kube-controller'],
  'plugins/bailiwick-backend': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-node',
    'kube-controller',
    'domain-pack',
  ],
  'plugins/bailiwick-react': ['plugin-bailiwick-common'],
  'plugins/bailiwick': ['plugin-bailiwick-common', 'plugin-bailiwick-react'],
  'plugins/app-module-bailiwick': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-react',
  ],
  'plugins/auth-backend-module-bailiwick': ['plugin-bailiwick-node'],
  'plugins/catalog-backend-module-bailiwick': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-node',
  ],
  'plugins/catalog-backend-module-bailiwick-keycloak': [],
  'plugins/scaffolder-backend-module-bailiwick': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-node',
    'domain-pack',
  ],
  'plugins/kubernetes-backend-module-bailiwick': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-node',
    'kube-controller',
  ],
  'plugins/search-backend-module-bailiwick': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-node',
  ],
  'plugins/notifications-backend-module-bailiwick': [],
  'plugins/permission-backend-module-bailiwick': [
    'plugin-bailiwick-common',
    'plugin-bailiwick-node',
  ],
  'packages/kube-controller': [],
  'packages/tracing': [],
  'packages/domain-pack': ['plugin-bailiwick-common'],
  'packages/operator': [
    'plugin-bailiwick-common',
    'kube-controller',
    'tracing',
  ],
  'packages/gateway': ['plugin-bailiwick-common', 'kube-controller', 'tracing'],
  'packages/local-cluster': [],
  'packages/demo-identity': [],
  'packages/testing': [
    'plugin-bailiwick-common',
    'kube-controller',
    'local-cluster',
  ],
  'packages/fault-tests': [
    'plugin-bailiwick-common',
    'kube-controller',
    'testing',
  ],
  'packages/isolation-tests': [
    'plugin-bailiwick-common',
    'kube-controller',
    'testing',
  ],
  bench: [
    'plugin-bailiwick-common',
    'kube-controller',
    'local-cluster',
    'testing',
  ],
  'packages/cli': [
    'plugin-bailiwick-common',
    'domain-pack',
    'kube-controller',
    'local-cluster',
  ],
  'packages/dev-stack': [
    'cli',
    'plugin-bailiwick-common',
    'domain-pack',
    'kube-controller',
    'local-cluster',
    'testing',
  ],
  'packages/app': ['plugin-app-module-bailiwick', 'plugin-bailiwick'],
  'packages/backend-features': [
    'plugin-bailiwick-backend',
    'plugin-catalog-backend-module-bailiwick',
    'plugin-kubernetes-backend-module-bailiwick',
    'plugin-scaffolder-backend-module-bailiwick',
    'plugin-search-backend-module-bailiwick',
  ],
  'packages/backend': [
    'app',
    'backend-features',
    'plugin-auth-backend-module-bailiwick',
    'plugin-catalog-backend-module-bailiwick-keycloak',
    'plugin-notifications-backend-module-bailiwick',
    'plugin-permission-backend-module-bailiwick',
    'tracing',
  ],
};
/** Drawers without a label. */
const banned =
  /^(utils?|helpers?|manager|handler|data|info|impl|dto|misc|common)\.(tsx?|mjs|py|go)$/i;
const mayExportDefault =
  /(^|\/)(plugin|module|index|legacy|playwright\.config|.*\.d)\.tsx?$/;
/** What plays the packs of this repository, and so may name their domains; everything else knows none. */
const playsPacks =
  /^packages\/(app\/e2e-tests|dev-stack\/src\/demo)\/|^packages\/cli\/src\/.*ack\.integration\.test\.ts$/;
const hostLines = 60;
const maxLines = 400;

const problems = [];

for (const file of globSync('{bench,{plugins,packages}/*}/package.json', {
  cwd: root,
})) {
  const folder = dirname(file).replaceAll('\\', '/');
  const { dependencies = {} } = JSON.parse(
    readFileSync(join(root, file), 'utf8'),
  );
  const allowed = mayImport[folder];
  if (!allowed)
    problems.push(`${folder}: add it to the table in scripts/checks.mjs`);
  for (const name of Object.keys(dependencies).filter(key =>
    key.startsWith(scope),
  )) {
    if (!allowed?.includes(name.slice(scope.length))) {
      problems.push(`${folder} must not import ${name}`);
    }
  }
}

const all = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n');
const files = all.filter(file => /\.(tsx?|mjs|js|py|go)$/.test(file));
const lines = new Map();
for (const file of files) {
  let text;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    continue; // deleted, not committed yet
  }
  const count = text.split('\n').length;
  lines.set(file, count);
  if (count > maxLines)
    problems.push(`${file} has ${count} lines, more than ${maxLines}`);
  if (banned.test(basename(file)))
    problems.push(`${file}: name it by what it does`);
  if (
    /\.tsx?$/.test(file) &&
    /^export default /m.test(text) &&
    !mayExportDefault.test(file)
  ) {
    problems.push(`${file}: only plugins and modules have default exports`);
  }
}

const domains = globSync('templates/*/pack.yaml', { cwd: root }).map(file =>
  basename(dirname(file)),
);
const domainWord = new RegExp(`\\b(${domains.join('|')})`, 'i');
for (const file of all.filter(
  one =>
    /^(plugins|packages)\//.test(one) &&
    // Checksums are letters by chance.
    !one.endsWith('go.sum') &&
    !playsPacks.test(one),
)) {
  let text;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    continue; // deleted, not committed yet
  }
  const [word] = domainWord.exec(`${file}\n${text}`) ?? [];
  if (word)
    problems.push(`${file} names the domain "${word}"; domains are data`);
}

for (const host of ['packages/app/src', 'packages/backend/src']) {
  const total = [...lines]
    .filter(
      ([file]) => file.startsWith(host) && !/\.test\.|setupTests/.test(file),
    )
    .reduce((sum, [file]) => {
      const code = readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter(line => line.trim() && !/^\s*(\/\/|\*|\/\*)/.test(line));
      return sum + code.length;
    }, 0);
  if (total > hostLines)
    problems.push(
      `${host} has ${total} lines of code; a host has at most ${hostLines}`,
    );
}

const existing = [...lines.keys()].filter(file =>
  /^(bench|packages|plugins)\//.test(file),
);
problems.push(...importCycles(root, existing));
problems.push(...proseProblems(root, all));

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}

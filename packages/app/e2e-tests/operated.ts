import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, kubectl } from './kubectl';

const apiVersion = 'bailiwick.dev/v1alpha1';
const commit = '0ddba11';

/** Logs text that pages must not interpret as markup, and then a line each second. */
const code = `
import json, threading, time

from bailiwick import check, verb

print("\\x1b[31mred words\\x1b[0m and a bell\\x07", flush=True)
print("<img src=x onerror=alert(1)> is no picture", flush=True)
print(json.dumps({"level": "info", "message": "begun", "rows": 3}), flush=True)
print("long " + "y" * 100_000, flush=True)

def _tick():
    count = 0
    while True:
        count += 1
        print(f"tick {count}", flush=True)
        time.sleep(1)

threading.Thread(target=_tick, daemon=True).start()

_state = {"answer": 42.0}

def answer() -> float:
    """The answer."""
    return _state["answer"]

@check(remedy="Set the answer to 42.")
def answer_is_right() -> str | None:
    """The answer is 42."""
    return None if answer() == 42.0 else f"The answer is {answer():g}."

@verb(confirm="Readers get another answer at once.")
def set_answer(to: float = 42.0) -> str:
    """Set the answer.

    Args:
        to: The answer from then on.
    """
    _state["answer"] = to
    return f"The answer is {to:g} now."
`;

function bundle(text: string): { digest: string; content: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-code-'));
  try {
    writeFileSync(join(folder, 'functions.py'), text);
    const file = join(folder, 'bundle.tar.gz');
    execFileSync('tar', ['-C', folder, '-czf', file, 'functions.py']);
    const bytes = readFileSync(file);
    const digest = createHash('sha256').update(bytes).digest('hex');
    return { digest: `sha256:${digest}`, content: bytes.toString('base64') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Packs the code of a commit of an app. @returns its digest */
export async function giveCode(
  tenant: string,
  app: string,
  revision: string,
  text: string,
): Promise<string> {
  const { content, digest } = bundle(text);
  await apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${app}-${revision}`,
      namespace: `${tenant}--home`,
      annotations: { 'bailiwick.dev/bundle-digest': digest },
    },
    binaryData: { 'bundle.tar.gz': content },
  });
  return digest;
}

/** Changes the code of an app, as a push does. */
export async function push(
  tenant: string,
  app: string,
  revision: string,
  text: string,
): Promise<void> {
  await giveCode(tenant, app, revision, text);
  await kubectl(
    ...['patch', 'app', app, '-n', `${tenant}--home`, '--type=merge'],
    ...['-p', JSON.stringify({ spec: { source: { revision } } })],
  );
}

/** An environment of a tenant. */
export interface Place {
  name: string;
  cluster: string;
  protected: boolean;
}

const devAndProd: Place[] = [
  { name: 'dev', cluster: 'local', protected: false },
  { name: 'prod', cluster: 'local', protected: true },
];

/** Creates a tenant owned by Rita with an app in all of its environments: dev and the protected prod by default. */
export async function giveTenant(
  tenant: string,
  app: string,
  members: { subject: string; role: string }[],
  {
    environments = devAndProd,
    pack = 'finance',
    archetype: name = 'price-feed',
    plan = 'small',
  }: {
    environments?: Place[];
    pack?: string;
    archetype?: string;
    plan?: string;
  } = {},
): Promise<void> {
  await apply({
    apiVersion,
    kind: 'Tenant',
    metadata: { name: tenant },
    spec: {
      title: tenant,
      purpose: 'To be looked after in tests.',
      owners: ['group:default/rates'],
      members,
      plan,
      domains: [pack],
      environments,
      deletionProtection: false,
    },
  });
  await kubectl(
    ...['wait', `tenant/${tenant}`, '--timeout=60s'],
    '--for=jsonpath={.status.phase}=Ready',
  );
  const home = `${tenant}--home`;
  const digest = await giveCode(tenant, app, commit, code);
  const { spec } = JSON.parse(
    await kubectl('get', 'domainpack', pack, '-o', 'json'),
  );
  const archetype = { pack, version: spec.version, name };
  await apply({
    apiVersion,
    kind: 'Release',
    metadata: { name: `${app}-r1`, namespace: home },
    spec: {
      ...{ app, number: 1, commit, archetype, answers: {} },
      bundle: { digest, runtime: spec.runtimes[0].name },
      contract: { functions: [] },
      createdBy: 'user:default/bea',
    },
  });
  const promoted = await kubectl(
    ...['get', 'release', `${app}-r1`, '-n', home],
    ...['-o', 'jsonpath={.metadata.uid}'],
  );
  await apply({
    apiVersion,
    kind: 'App',
    metadata: { name: app, namespace: home },
    spec: {
      title: app,
      owner: 'group:default/rates',
      archetype,
      answers: {},
      source: { repository: `${tenant}/${app}`, path: '.', revision: commit },
      environments: environments.map(one => ({
        name: one.name,
        ...(one.protected
          ? { release: `${app}-r1`, promoted }
          : { revision: 'draft' }),
      })),
      delivery: { rest: true, csv: true },
    },
  });
}

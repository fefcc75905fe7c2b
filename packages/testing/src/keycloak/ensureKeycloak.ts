import { cacheDir, fetchFile } from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { javaVariables } from './javaOptions';

const run = promisify(execFile);

const version = '26.4.0';
const sum = '9fe5f9213ecf83f24b53b27409f3e0f20e10edce36aaa0828778a57c80f07a87';
const path = `org/keycloak/keycloak-quarkus-dist/${version}/keycloak-quarkus-dist-${version}.tar.gz`;
const mavenCentral = 'https://repo1.maven.org/maven2';
/** A mirror may fetch the file itself before it responds. */
const connectMs = 60_000;

/** Name and password of the administrator; the servers of tests listen on the loopback address only. */
export const administrator = 'admin';

/**
 * Provides Keycloak with an empty database: from the cache, otherwise from Maven Central or the mirror in
 * `BAILIWICK_MAVEN_REPOSITORY`. The first time takes a minute.
 *
 * @param java - program that runs it
 * @returns its folder
 * @throws Error when it cannot be downloaded, or its checksum is wrong
 */
export async function ensureKeycloak(java: string): Promise<string> {
  const target = join(cacheDir(), `keycloak-${version}`);
  if (existsSync(target)) return target;
  const repository = process.env.BAILIWICK_MAVEN_REPOSITORY || mavenCentral;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    const archive = join(unfinished, 'keycloak.tar.gz');
    const url = `${repository.replace(/\/$/, '')}/${path}`;
    await fetchFile({ url, sum, target: archive, connectMs });
    await run('tar', ['-xzf', archive, '-C', unfinished, '--no-same-owner']);
    const folder = join(unfinished, `keycloak-${version}`);
    const keycloak = (...args: string[]) =>
      run('sh', [join(folder, 'bin', 'kc.sh'), ...args], {
        env: { ...javaVariables(java), KEYCLOAK_PASSWORD: administrator },
      });
    await keycloak('build', '--db=dev-file');
    // Creates the tables, too.
    await keycloak(
      ...['bootstrap-admin', 'user', '--optimized', '--no-prompt'],
      ...['--username', administrator, '--password:env', 'KEYCLOAK_PASSWORD'],
    );
    await rename(folder, target).catch(error => {
      // Another process was faster.
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return target;
}

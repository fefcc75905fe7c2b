import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Oldest Java that runs Keycloak. */
const oldestJava = 17;

/**
 * Finds the Java in `JAVA_HOME`, otherwise on `PATH`.
 *
 * @throws Error with the remedy when there is none, or when it is too old for Keycloak
 */
export function findJava(environment: NodeJS.ProcessEnv = process.env): string {
  const { JAVA_HOME: home } = environment;
  const java = home ? join(home, 'bin', 'java') : 'java';
  const remedy = `install Java ${oldestJava} or newer (Debian: openjdk-17-jre-headless), or set JAVA_HOME to its folder`;
  const version = versionOf(java, environment);
  if (!version)
    throw new Error(`Keycloak needs Java, but ${java} does not run; ${remedy}`);
  if (Number.parseInt(version, 10) < oldestJava)
    throw new Error(`Java ${version} is too old for Keycloak; ${remedy}`);
  return java;
}

/** Returns a version such as `17.0.15`, of `java --version`. */
function versionOf(java: string, env: NodeJS.ProcessEnv): string | undefined {
  try {
    const output = execFileSync(java, ['--version'], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /^\S+ (\d+\S*)/.exec(output)?.[1];
  } catch {
    return undefined; // Also of Java 8, which does not know the option.
  }
}

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findJava } from './findJava';

describe('findJava', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'java-'));
    mkdirSync(join(home, 'bin'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  /** Installs a program that states a version as Java does. */
  function install(version: string): NodeJS.ProcessEnv {
    const java = join(home, 'bin', 'java');
    writeFileSync(java, `#!/bin/sh\necho 'openjdk ${version} 2025-04-15'\n`);
    chmodSync(java, 0o755);
    return { JAVA_HOME: home };
  }

  it('returns the program of a version that is new enough', () => {
    expect(findJava(install('17.0.15'))).toBe(join(home, 'bin', 'java'));
    expect(findJava(install('21'))).toBe(join(home, 'bin', 'java'));
  });

  it('refuses an older one, with the remedy', () => {
    expect(() => findJava(install('11.0.2'))).toThrow(
      /^Java 11\.0\.2 is too old for Keycloak; install Java 17 or newer \(Debian: openjdk-17-jre-headless\)/,
    );
  });

  it('reports a missing one, with the remedy', () => {
    expect(() => findJava({ PATH: home })).toThrow(
      /^Keycloak needs Java, but java does not run; install Java 17/,
    );
  });
});

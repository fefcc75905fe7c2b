import { dirname } from 'node:path';

/** Options for a short start; Keycloak's own are for servers with much load. */
const options = '-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1';

/** Variables for Keycloak's script, which otherwise looks for another Java. */
export function javaVariables(java: string): NodeJS.ProcessEnv {
  const home = java === 'java' ? {} : { JAVA_HOME: dirname(dirname(java)) };
  return { ...process.env, ...home, JAVA_OPTS: options };
}

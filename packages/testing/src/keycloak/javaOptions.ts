import { dirname, join } from 'node:path';

/** Options for a short start; Keycloak's own are for servers with much load. */
const options = [
  '-Xms64m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
];

/** Variables for Keycloak's script, which otherwise looks for another Java. */
export function javaVariables(java: string): NodeJS.ProcessEnv {
  const home = java === 'java' ? {} : { JAVA_HOME: dirname(dirname(java)) };
  return { ...process.env, ...home, JAVA_OPTS: options.join(' ') };
}

/**
 * Returns the arguments of Java before those of Keycloak, as its script sets them.
 *
 * @param home - folder of Keycloak
 */
export function serverArguments(home: string): string[] {
  const packages = ['util', 'util.concurrent', 'security'];
  return [
    '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
    ...options,
    ...packages.map(name => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
    `-Dkc.home.dir=${home}`,
    `-Djboss.server.config.dir=${join(home, 'conf')}`,
    '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
    '-Dpicocli.disable.closures=true',
    ...['-cp', join(home, 'lib', 'quarkus-run.jar')],
    'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
  ];
}

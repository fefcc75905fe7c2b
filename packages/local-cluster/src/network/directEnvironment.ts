const OWN = [
  '127.0.0.1',
  'localhost',
  '10.253.0.0/16',
  '10.254.0.0/16',
  '10.255.0.0/16',
  '.svc',
  '.cluster.local',
];

/** Returns an environment in which requests to the cluster bypass a configured web proxy. */
export function directEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const given = environment.NO_PROXY ?? environment.no_proxy;
  const direct = [...(given ? [given] : []), ...OWN].join(',');
  return { ...environment, NO_PROXY: direct, no_proxy: direct };
}

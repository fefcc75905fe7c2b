/**
 * Returns the addresses that answer 2xx while our processes are ready, by the name of the process.
 *
 * @param origins - of the processes, by their keys in the stack's state
 */
export function readyUrls({
  gateway,
  identity,
  operator,
  portal,
}: Record<string, string>) {
  return {
    'sign-in': `${identity}/healthz`,
    portal: `${portal}/.backstage/health/v1/readiness`,
    operator: `${operator}/readyz`,
    gateway: `${gateway}/readyz`,
  };
}

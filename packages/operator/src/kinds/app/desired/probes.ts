/** Returns the HTTP probes of a runtime container. @param port - its name */
export function probes(port: string) {
  const ask = (path: string) => ({
    httpGet: { path, port },
    timeoutSeconds: 5,
  });
  return {
    startupProbe: {
      ...ask('/healthz'),
      periodSeconds: 1,
      failureThreshold: 60,
    },
    livenessProbe: {
      ...ask('/healthz'),
      periodSeconds: 10,
      failureThreshold: 3,
    },
    readinessProbe: {
      // Responds as soon as the code is loaded, rather than with the next probe.
      ...ask('/readyz?wait=3'),
      periodSeconds: 2,
      failureThreshold: 2,
    },
  };
}

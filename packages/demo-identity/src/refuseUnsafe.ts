const loopback = ['127.0.0.1', '::1', 'localhost'];

/**
 * Prevents the provider from running where other people can reach it.
 *
 * @throws Error in production and for a host that is not loopback.
 */
export function refuseUnsafe(options: {
  host: string;
  nodeEnv?: string;
}): void {
  if (options.nodeEnv === 'production') {
    throw new Error(
      "The demo sign-in lets anyone act as any demo person, so it does not start in production. Configure auth.providers with your organization's OpenID provider; see backstage.app-config.production.yaml.",
    );
  }
  if (!loopback.includes(options.host)) {
    throw new Error(
      `The demo sign-in lets anyone act as any demo person, so it listens only on loopback, not on ${options.host}.`,
    );
  }
}

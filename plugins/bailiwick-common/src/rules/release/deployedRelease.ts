import type { App } from '../../kinds';

/**
 * Returns the release that is deployed in an environment; `undefined` for a draft. A canary is not deployed.
 *
 * @public
 */
export function deployedRelease(
  { spec, status }: Pick<App, 'spec' | 'status'>,
  environment: string,
): string | undefined {
  const isThis = ({ name }: { name: string }) => name === environment;
  const state = status?.environments?.find(isThis);
  return state?.canary
    ? state.release
    : spec.environments.find(isThis)?.release;
}

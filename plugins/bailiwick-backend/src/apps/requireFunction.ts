import { NotFoundError } from '@backstage/errors';
import type {
  App,
  ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/**
 * Returns a function of an app, by the contract of the code that runs in an environment.
 *
 * @throws NotFoundError when it has no such function there
 */
export function requireFunction(
  { metadata, status }: App,
  environment: string,
  name: string,
): ContractFunction {
  const fn = status?.environments
    ?.find(one => one.name === environment)
    ?.contract?.functions.find(one => one.name === name);
  if (!fn)
    throw new NotFoundError(
      `App "${metadata.name}" has no function "${name}" in ${environment}`,
    );
  return fn;
}

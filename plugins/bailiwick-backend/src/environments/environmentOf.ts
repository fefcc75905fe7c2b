import { InputError } from '@backstage/errors';
import type {
  App,
  AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns an environment in which an app runs. @throws InputError with the environments of the app */
export function environmentOf(
  { metadata, spec }: Pick<App, 'metadata' | 'spec'>,
  wanted: string,
): AppEnvironment {
  const found = spec.environments.find(({ name }) => name === wanted);
  if (found) return found;
  const names = spec.environments.map(({ name }) => name).join(', ');
  throw new InputError(
    `environment: App "${
      metadata.name
    }" is not deployed in "${wanted}"; its environments: ${names || 'none'}`,
  );
}

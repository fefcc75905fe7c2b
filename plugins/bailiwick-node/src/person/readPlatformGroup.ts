import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

const key = 'bailiwick.platformGroup';

/**
 * Returns the entity reference of the group of platform engineers, `group:default/platform` by default.
 *
 * @throws InputError if the configured value is not a full group reference
 * @public
 */
export function readPlatformGroup(config: Config): string {
  const group = config.getOptionalString(key) ?? platformGroup;
  if (/^group:[a-z0-9-]+\/[a-z0-9._-]+$/.test(group)) return group;
  throw new InputError(
    `${key} must be a lowercase group reference such as group:default/sre, not "${group}"`,
  );
}

import type {
  Contract,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { grantAllows, type Target, type TenantDirectory } from '../login';

/** Returns the functions that a grant opens, without the parameters that it fixes. */
export function openedBy(
  grant: Grant,
  { functions }: Contract,
  tenants: TenantDirectory,
  target: Target,
): Contract {
  const isFixed = (name: string) =>
    Object.hasOwn(grant.spec.presets ?? {}, name);
  return {
    functions: functions
      .filter(({ name: fn }) => grantAllows(grant, { ...target, fn }, tenants))
      .map(fn => ({ ...fn, parameters: withoutFixed(fn.parameters, isFixed) })),
  };
}

function withoutFixed(
  parameters: Contract['functions'][number]['parameters'],
  isFixed: (name: string) => boolean,
) {
  const { properties = {}, required } = parameters as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return {
    ...parameters,
    properties: Object.fromEntries(
      Object.entries(properties).filter(([name]) => !isFixed(name)),
    ),
    ...(required && { required: required.filter(name => !isFixed(name)) }),
  };
}

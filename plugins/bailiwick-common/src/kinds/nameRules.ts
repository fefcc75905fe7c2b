import type { Rule } from './schema/rules';

/** Maximum length of a tenant name; with `--` and an environment name it fits into 63 characters. @public */
export const tenantNameMax = 40;
/** Maximum length of an environment name. @public */
export const environmentNameMax = 20;
/** Maximum length of an app name; leaves room for suffixes of releases, pods and bundles. @public */
export const appNameMax = 40;

/** Regular expressions for CEL (RE2) and JavaScript alike. */
const namePattern = '^[a-z]([-a-z0-9]*[a-z0-9])?$';
const reservedPattern = '^(kube|openshift|bailiwick|system)(-|$)';

function shape(what: string, max: number): Rule<string>[] {
  return [
    {
      cel: `size(self) <= ${max}`,
      message: `${what} must be at most ${max} characters long`,
      holds: name => name.length <= max,
    },
    {
      cel: `self.matches('${namePattern}')`,
      message: `${what} must start with a lowercase letter, contain only lowercase letters, digits and "-", and end with a letter or digit`,
      holds: name => new RegExp(namePattern).test(name),
    },
    {
      cel: `!self.contains('--')`,
      message: `${what} must not contain "--": it separates tenant and environment in namespace names`,
      holds: name => !name.includes('--'),
    },
  ];
}

/** Rules for tenant names; `self` is the name. @public */
export const tenantNameRules: Rule<string>[] = [
  ...shape('A tenant name', tenantNameMax),
  {
    cel: `!self.matches('${reservedPattern}') && self != 'default'`,
    message:
      'A tenant name must not be "default" or start with kube, openshift, bailiwick or system: these are reserved',
    holds: name =>
      name !== 'default' && !new RegExp(reservedPattern).test(name),
  },
];

/** Rules for environment names; `self` is the name. @public */
export const environmentNameRules: Rule<string>[] = [
  ...shape('An environment name', environmentNameMax),
  {
    cel: `self != 'home'`,
    message:
      'An environment name must not be "home": every tenant already has a namespace with this name',
    holds: name => name !== 'home',
  },
];

/** Rules for app names; `self` is the name. @public */
export const appNameRules: Rule<string>[] = shape('An app name', appNameMax);

/** Returns the messages of the violated rules; empty if the value is valid. @public */
export function brokenRules<T>(rules: Rule<T>[], value: T): string[] {
  return rules.filter(rule => !rule.holds(value)).map(rule => rule.message);
}

/** Returns the rules for `metadata.name` of an object. */
export function onObjectName<T extends { metadata: { name: string } }>(
  rules: Rule<string>[],
): Rule<T>[] {
  return rules.map(({ cel, message, holds }) => ({
    cel: cel.replaceAll('self', 'self.metadata.name'),
    message,
    holds: object => holds(object.metadata.name),
  }));
}

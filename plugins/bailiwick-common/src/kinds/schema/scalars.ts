import { z } from 'zod';
import { isTenantGroup, tenantGroupNamespace } from '../naming/tenantGroups';
import { durationPattern, durationToMilliseconds } from './duration';
import { withRules } from './rules';
import { shownPattern } from './shownPattern';

/** Text with a maximum length; the description is that of the field. */
export function text(max: number, description: string) {
  return z.string().max(max).describe(description);
}

/** Integer in a range; the description is that of the field. */
export function count(min: number, max: number, description: string) {
  return z.int().min(min).max(max).describe(description);
}

/** Kubernetes quantity such as `500m`, `2` or `4Gi`. */
export const quantitySchema = z
  .string()
  .max(20)
  .regex(
    /^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/,
    'must be a quantity such as 500m, 2 or 4Gi',
  )
  .describe('Quantity such as 500m, 2 or 4Gi.');

const longestDuration = '36500d';

/** Duration in one unit: seconds, minutes, hours or days, such as `15s` or `365d`; at most 36500 days. */
export const durationSchema = withRules(
  z
    .string()
    .max(12)
    .regex(durationPattern, 'must be a duration such as 15s, 30m, 8h or 365d')
    .describe('Duration such as 15s, 30m, 8h or 365d.'),
  [
    {
      // The pattern reports texts that are not durations.
      cel: `!self.matches('${durationPattern.source}') || int(self.substring(0, size(self) - 1)) * {'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[self.substring(size(self) - 1)] <= 36500 * 86400`,
      message: `must be at most ${longestDuration} (100 years)`,
      holds: self =>
        !durationPattern.test(self) ||
        durationToMilliseconds(self) <= durationToMilliseconds(longestDuration),
    },
  ],
);

/** Primitive OData type (CSDL 4.01, section 3.3); for decimals with precision and scale if they are fixed. */
export const edmSchema = z
  .string()
  .max(40)
  .regex(
    /^Edm\.(String|Boolean|Int16|Int32|Int64|Single|Double|Decimal(\([0-9]{1,2},[0-9]{1,2}\))?|Date|DateTimeOffset|TimeOfDay|Duration|Guid)$/,
    'must be a primitive type of OData such as Edm.Double or Edm.Decimal(19,4)',
  )
  .describe(
    'OData type of the values, such as Edm.Decimal(19,4); derived from the schema by default.',
  );

/** Number format of cells (ECMA-376 part 1, section 18.8.30). */
export const excelFormatSchema = z
  .string()
  .min(1)
  .max(60)
  .describe('Number format of cells in Excel, such as 0.0% or yyyy-mm.');

/** RFC 3339 instant. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .meta({ format: 'date-time' })
  .describe('RFC 3339 date and time.');

const noTenantGroup = {
  cel: `!self.startsWith('group:${tenantGroupNamespace}/')`,
  message:
    'must not be a tenant group: members of a tenant have no access elsewhere; use a group of your organization, or people',
  holds: (self: string) => !isTenantGroup(self),
};

/** Backstage entity reference of a user or group; also the Kubernetes user or group name. */
export const subjectSchema = withRules(
  z
    .string()
    .max(120)
    .regex(
      /^(user|group):[a-z0-9-]+\/[a-z0-9._-]+$/,
      'must be a user or group reference such as user:default/bea',
    )
    .describe(
      'Backstage reference of a user or group, such as user:default/bea.',
    ),
  [noTenantGroup],
);

/** Reference of a group. */
export const groupSchema = withRules(
  z
    .string()
    .max(120)
    .regex(
      /^group:[a-z0-9-]+\/[a-z0-9._-]+$/,
      'must be a group reference such as group:default/platform',
    )
    .describe(
      'Backstage reference of a group, such as group:default/platform.',
    ),
  [noTenantGroup],
);

/** Text of 1 to `max` UTF-16 code units that is shown in lists, with visible characters ({@link shownPattern}). */
export function shownText(max: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max)
    .regex(shownPattern, 'must have visible characters and no invisible ones');
}

/** Longest title of anything, in UTF-16 code units. @public */
export const titleMax = 80;

/** Title of anything, for people. @public */
export const titleSchema = shownText(titleMax).describe('Display name.');

/** Semantic version without build metadata. */
export const versionSchema = z
  .string()
  .max(40)
  .regex(
    /^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$/,
    'must be a version such as 1.2.0',
  )
  .describe('Semantic version, such as 1.2.0.');

/** A DNS label (RFC 1123) of at most 63 characters: the name of a namespaced object. */
export const labelSchema = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must consist of lowercase letters, digits and "-", and start and end with a letter or digit',
  );

/** SHA-256 digest in the notation of OCI, `sha256:` and 64 hexadecimal digits. */
export const digestSchema = z
  .string()
  .max(71)
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits')
  .describe('SHA-256 digest, sha256: and 64 hexadecimal digits.');

/** A git commit, 7 to 40 digits. */
export const commitSchema = z
  .string()
  .max(40)
  .regex(/^[0-9a-f]{7,40}$/, 'must be a commit of 7 to 40 hexadecimal digits');

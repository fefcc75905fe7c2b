/**
 * Days before the end of a tenant or an environment on which its owners are notified, the last warning first.
 *
 * @public
 */
export const warningDays = [1, 3, 14] as const;

/** Days before an end from which the pages of a tenant warn all members. @public */
export const firstWarningDays = Math.max(...warningDays);

/** Days before the end of a tenant or an environment on which its members are warned, the last warning first. */
export const warningDays = [1, 3, 14] as const;

/** Days before an end from which the portal warns, too. */
export const firstWarningDays = Math.max(...warningDays);

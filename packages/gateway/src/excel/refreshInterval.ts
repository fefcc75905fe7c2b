/** Seconds between two reads of a live table. */
export const refreshInterval = { default: 60, minimum: 5 };

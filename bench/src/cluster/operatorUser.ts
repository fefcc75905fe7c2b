/** User of the measured operators; the chart grants its rights. */
export const operatorUser = 'bailiwick:operator';

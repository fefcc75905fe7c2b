/** In whose name the measured operators work; the chart gives this user its rights. */
export const operatorUser = 'bailiwick:operator';

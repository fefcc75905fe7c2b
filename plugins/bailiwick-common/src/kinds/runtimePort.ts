/** Port on which the function runtime of an app serves in its pods. */
export const runtimePort = 8080;

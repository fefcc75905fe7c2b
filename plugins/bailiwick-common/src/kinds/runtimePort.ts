/** Port on which the function runtime of an app serves in its pods. @public */
export const runtimePort = 8080;

/** Port of JupyterLab, which listens on the loopback address of its pod only. @public */
export const workspacePort = 8888;

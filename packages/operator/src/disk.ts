/** Resource of containers: the disk of their node, for temporary files and logs. */
export const diskKey = 'ephemeral-storage';

/** Default request, default limit and maximum of a container. */
export const disk = { request: '32Mi', limit: '512Mi', max: '1Gi' };

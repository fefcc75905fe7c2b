/** Resource of containers: the disk of their node, for temporary files and logs. */
export const diskKey = 'ephemeral-storage';

/** How much of it a container requests and may fill, unless it says otherwise, and at most. */
export const disk = { request: '32Mi', limit: '512Mi', max: '1Gi' };

/** Resource of containers: the disk of their node, for temporary files and logs. */
export const ephemeralStorageKey = 'ephemeral-storage';

/** Default request, default limit and maximum of a container. */
export const ephemeralStorage = { request: '32Mi', limit: '512Mi', max: '1Gi' };

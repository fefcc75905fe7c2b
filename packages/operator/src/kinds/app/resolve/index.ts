export { parseImage } from './imageReference';
export { openConnections } from './resolveConnections';
export { refuseSchedule } from './resolveShape';
export { resolveWorkload } from './resolveWorkload';

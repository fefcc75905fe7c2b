export { formatBytes } from './formatBytes';
export { formatCount } from './formatCount';
export { formatDate, formatInstants } from './formatDate';
export { formatDuration } from './formatDuration';

export { download, downloads, load } from './download';
export { Server } from './Server';

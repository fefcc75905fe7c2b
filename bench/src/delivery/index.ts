export { download, downloads, load } from './download';
export { push, type PushSaid } from './push';
export { Server } from './Server';

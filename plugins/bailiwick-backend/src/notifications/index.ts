export { Announcer } from './Announcer';
export { ToldNotices } from './ToldNotices';

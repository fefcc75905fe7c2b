export { CopyText } from './CopyText';
export { LiveContent } from './LiveContent';
export { NothingYet } from './NothingYet';

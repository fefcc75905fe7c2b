export { CopyText } from './CopyText';
export { Facts } from './Facts';
export { LiveContent } from './LiveContent';
export { NothingYet } from './NothingYet';

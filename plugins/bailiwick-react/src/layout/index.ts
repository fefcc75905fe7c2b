export { CopyText } from './CopyText';
export { Facts } from './Facts';
export { LiveContent } from './LiveContent';
export { EmptyState } from './EmptyState';

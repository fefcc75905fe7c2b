export { readableText } from './readableText';

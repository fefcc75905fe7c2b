export { canonicalJson } from './canonicalJson';
export { parseExact, readInteger, stringifyExact } from './exactJson';

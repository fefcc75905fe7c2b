export { parseExact, readInteger, stringifyExact } from './exactJson';

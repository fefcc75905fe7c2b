export { bailiwickApiRef } from './bailiwickApiRef';

export { shortEntityRef } from './shortEntityRef';

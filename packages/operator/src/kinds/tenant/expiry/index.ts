export { isGraceOver, expiryOf, type Expiry } from './expiryOf';
export { removeExpired } from './removeExpired';
export { warningTimes } from './warnings';
export { warnOfExpiry } from './warnOfExpiry';

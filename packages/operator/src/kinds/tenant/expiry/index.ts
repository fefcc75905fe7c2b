export { isOver, lifeOf, type Life } from './expiryOf';
export { removeEnded } from './removeExpired';
export { instantsOf } from './warnings';
export { warnOfEnd } from './warnOfExpiry';
export { deleteTenant } from './deleteTenant';

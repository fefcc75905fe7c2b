export { isOver, lifeOf, type Life } from './lifeOf';
export { removeEnded } from './removeEnded';
export { instantsOf } from './warnings';
export { warnOfEnd } from './warnOfEnd';

export { callsOf } from './callsOf';
export { judgeCanary } from './judgeCanary';
export { planCanary } from './planCanary';

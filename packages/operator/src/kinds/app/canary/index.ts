export { judgeCanary } from './judgeCanary';
export { planCanary, withoutCalls } from './planCanary';
export { sumCanaryCalls } from './sumCanaryCalls';

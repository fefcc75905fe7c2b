export { create, type Creation } from './create';
export { unlessFailed } from './Failures';
export { Editor, type Latency } from './edit';
export { noisyTenant, type Disturbance } from './noisyTenant';
export { restart, type Restart } from './restart';
export { StarvedError } from './StarvedError';
export { steadyCalls } from './steady';
export { quiet, withSubject, type Ground, type Subject } from './Subject';
export { takeover } from './takeover';

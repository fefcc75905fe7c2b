export { create, type Creation } from './create';
export { Editor, type Latency } from './edit';
export { restart, type Restart } from './restart';
export { quiet, withSubject, type Ground, type Subject } from './Subject';

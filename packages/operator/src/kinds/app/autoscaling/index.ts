export { createAutoscalingController } from './createAutoscalingController';
export { setReplicas } from './setReplicas';

export { TracedUpstream } from './TracedUpstream';
export { traceRequests } from './traceRequests';

export { RequestService } from './RequestService';
export { createRequestsRouter } from './requestsRouter';

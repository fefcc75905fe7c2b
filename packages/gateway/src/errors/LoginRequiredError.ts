import { NotLoggedInError } from './NotLoggedInError';

/** The request has no token; clients send such a request to learn how to authenticate. */
export class LoginRequiredError extends NotLoggedInError {}

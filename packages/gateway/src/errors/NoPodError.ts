import { AppNotRunningError } from './AppNotRunningError';

/** No pod of the app has loaded its code: no function was called, and the call can be repeated. */
export class NoPodError extends AppNotRunningError {}

import { AppNotRunningError } from './AppNotRunningError';

/** No pod of the app accepts connections: nothing was sent, and the call can be repeated. */
export class NoPodError extends AppNotRunningError {}

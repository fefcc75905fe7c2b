// Program of the Excel add-in. It runs in the shared runtime of Office, where custom functions and task pane are one page.
import type { AddInFunction } from '../AddIn';
import { live } from './live';
import { addIn, ready } from './office';
import { showPane } from './pane';
import { readOnce } from './readOnce';

/** Excel passes a value for each parameter, and the invocation as the last argument. */
function associate(fn: AddInFunction): void {
  CustomFunctions.associate(fn.id, (...given: unknown[]) => {
    const invocation = given.pop() as CustomFunctions.StreamingInvocation<any>;
    return fn.isLive
      ? live(fn, given, invocation)
      : readOnce(fn, given, invocation);
  });
}

for (const fn of addIn.functions) associate(fn);
ready.then(() => showPane(document));

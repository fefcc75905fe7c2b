export { ActionButton } from './ActionButton';
export { ChangeDialog } from './ChangeDialog';
export { RequestNote } from './RequestNote';
export { isAsker, underWay } from './disabledReason';

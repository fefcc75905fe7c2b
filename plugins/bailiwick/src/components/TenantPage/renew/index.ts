export { RenewButton } from './RenewButton';

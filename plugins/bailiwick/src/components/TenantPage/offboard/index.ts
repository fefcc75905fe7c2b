export { OffboardButton } from './OffboardButton';

export { createAddressController } from './createAddressController';

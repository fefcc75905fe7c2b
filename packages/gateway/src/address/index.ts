export { addressedUrl, type AddressDirectory } from './addressedUrl';
export { isOwnAddress } from './isOwnAddress';

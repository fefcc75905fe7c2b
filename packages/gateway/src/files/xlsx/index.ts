export { xlsxWriter } from './xlsxWriter';

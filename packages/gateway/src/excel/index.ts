export { addExcelRoutes } from './excelRoutes';
export type { AddInDirectory } from './grantOfKey';

/** Headers of each HTTP response of our programs: browsers must not guess its type, such as a page in a log. @public */
export const noSniff = { 'x-content-type-options': 'nosniff' } as const;

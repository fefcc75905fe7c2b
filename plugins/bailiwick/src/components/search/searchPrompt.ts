/** Placeholder of every search field. */
export const searchPrompt = 'Search apps, columns and terms';

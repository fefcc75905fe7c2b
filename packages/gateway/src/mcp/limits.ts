/** Maximum number of rows of a result for an agent. */
export const maxRows = 200;

/** Maximum size of a result for an agent in bytes, so that it fits the context of a model. */
export const maxBytes = 200_000;

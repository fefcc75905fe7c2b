module.exports = {
  root: true,
  rules: {
    // A file that one cannot read in a few minutes is split by responsibility.
    'max-lines': ['error', 400],
    // Programs write to their streams or to a logger.
    'no-console': 'error',
  },
};

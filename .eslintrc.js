module.exports = {
  root: true,
  rules: {
    // A file that one cannot read in a few minutes is split by responsibility.
    'max-lines': ['error', 400],
    // Programs write to their streams or to a logger.
    'no-console': 'error',
    // Names that people choose may be those of inherited properties, such as `constructor`.
    'no-restricted-syntax': [
      'error',
      {
        selector: 'BinaryExpression[operator="in"][left.type!="Literal"]',
        message: 'Use Object.hasOwn(object, name).',
      },
    ],
  },
};

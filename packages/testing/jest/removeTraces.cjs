/** Descriptions of symbols under which Jest keeps something of one test file on its global object. */
const ofOneFile = [
  'EVENT_HANDLERS',
  'JEST_STATE_SYMBOL',
  'RETRY_TIMES',
  'TEST_TIMEOUT_SYMBOL',
];

/** Removes what Jest left on the global object of a test file, which the next file shares. */
exports.removeTraces = global => {
  for (const symbol of Object.getOwnPropertySymbols(global))
    if (ofOneFile.includes(symbol.description)) delete global[symbol];
};

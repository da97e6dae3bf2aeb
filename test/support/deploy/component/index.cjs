/** Serverless Devs loads components as CommonJS, from a folder of their own. */
require('tsx/cjs');
module.exports = require('../stand-in-component.ts');

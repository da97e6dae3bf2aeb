// Stands in for the package `bignumber.js` in the functions' bundles. Of it, pop-core's parser needs
// only that a number of over 15 digits keeps all of them; the arithmetic would be a fifth of a bundle.
class BigNumber {
  _isBigNumber = true;
  #digits;

  constructor(digits) {
    this.#digits = digits;
  }

  static isBigNumber(value) {
    return value instanceof BigNumber;
  }

  toString() {
    return this.#digits;
  }

  toJSON() {
    return this.#digits;
  }
}

module.exports = BigNumber;

/** Whether an IPv4 address lies in the block; `undefined` for what is not a block. */
export function compileCidr(block: string): ((value: unknown) => boolean) | undefined {
  const [address, bits, ...more] = block.split('/');
  const base = addressNumber(address);
  if (base === undefined || bits === undefined || more.length > 0 || !/^\d{1,2}$/.test(bits)) {
    return undefined;
  }
  const length = Number(bits);
  if (length > 32) return undefined;
  const size = 2 ** (32 - length);
  const network = Math.floor(base / size);
  return (value) => {
    const number = typeof value === 'string' ? addressNumber(value) : undefined;
    return number !== undefined && Math.floor(number / size) === network;
  };
}

function addressNumber(text: string | undefined): number | undefined {
  const parts = text?.split('.') ?? [];
  const isAddress =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return isAddress ? parts.reduce((number, part) => number * 256 + Number(part), 0) : undefined;
}

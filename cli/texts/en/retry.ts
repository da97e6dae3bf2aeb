/** A call that is made again. */
export const retry = {
  text: (operation: string, reason: string) => `${operation}: ${reason}`,
  timing: (attempt: number, wait: string, left: string) =>
    `${ordinal(attempt)} try in ${wait}, for ${left} more at most`,
  noAnswer: 'no answer',
  /** By the codes of Node.js. */
  connection: {
    ECONNREFUSED: 'connection refused',
    ECONNRESET: 'connection reset',
    EAI_AGAIN: 'the name of the host is not found',
    ENOTFOUND: 'the name of the host is not found',
    EHOSTUNREACH: 'the host is not reachable',
    ENETUNREACH: 'the network is not reachable',
    ETIMEDOUT: 'connection timed out',
  },
};

function ordinal(position: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${position}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(position)]}`;
}

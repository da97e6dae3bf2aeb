/** An asynchronous invocation takes 128 KB; the rest of the input is a few bytes. */
const LARGEST_INPUT_BYTES = 120 * 1024;

/** The accounts in order, cut so that each part fits into one invocation. */
export function cutIntoRuns(
  accountIds: readonly string[],
  largestBytes = LARGEST_INPUT_BYTES,
): string[][] {
  const runs: string[][] = [];
  let room = 0;
  for (const accountId of accountIds) {
    // In JSON: two quotes and a comma.
    const bytes = accountId.length + 3;
    if (room < bytes) {
      runs.push([]);
      room = largestBytes;
    }
    runs.at(-1)?.push(accountId);
    room -= bytes;
  }
  return runs;
}

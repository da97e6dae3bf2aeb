// Runs a built function once, in a process of its own: its time and its memory are its own too.
const { performance } = require('node:perf_hooks');

const [artifact, event, context] = process.argv.slice(2);

async function main() {
  const { handler } = require(artifact);
  const startMs = performance.now();
  const answer = await handler(Buffer.from(event), JSON.parse(context));
  const durationMs = performance.now() - startMs;
  const peakMemoryKb = process.resourceUsage().maxRSS;
  process.stdout.write(JSON.stringify({ answer, durationMs, peakMemoryKb }));
}

main();

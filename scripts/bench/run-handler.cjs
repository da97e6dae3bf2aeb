// Runs a built function once, in a process of its own: its time and its memory are its own too.
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

const [artifact, event] = process.argv.slice(2);

async function main() {
  // Over standard input: it holds credentials, and a command line is there for all to see.
  const context = JSON.parse(readFileSync(0, 'utf8'));
  const { handler } = require(artifact);
  const startMs = performance.now();
  const answer = await handler(Buffer.from(event), context);
  const durationMs = performance.now() - startMs;
  const peakMemoryKb = process.resourceUsage().maxRSS;
  process.stdout.write(JSON.stringify({ answer, durationMs, peakMemoryKb }));
}

main().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});

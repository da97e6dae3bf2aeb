import { expect, test } from 'vitest';
import { parseCommand } from './options.ts';

function optionsOf(...args: string[]) {
  const command = parseCommand(args);
  return command.kind === 'start' ? command.sandbox : command.kind;
}

test('a fixed port, and nothing else, by default', () => {
  expect(optionsOf()).toEqual({ port: 8420, functionEnvironment: {} });
  expect(optionsOf('--help')).toBe('help');
  expect(optionsOf('--version')).toBe('version');
});

test('each option says what a program would', () => {
  const where = ['--port', '0', '--host', '0.0.0.0', '--region', 'cn-beijing'];
  const who = ['--account', '1000000000000009', '--members', '3', '--speed', '1.5'];
  const what = ['--services', 'log,config,resource-o', '--stack', 'base=stack.yaml'];
  const more = ['--parameter', 'A=x=y', '--parameter', 'B=', '--serverless', 's.yaml'];
  const rest = ['--variable', 'REGION={region}', '--function-env', 'API={endpoint}'];
  expect(optionsOf(...where, ...who, ...what, ...more, ...rest)).toEqual({
    port: 0,
    host: '0.0.0.0',
    region: 'cn-beijing',
    managementAccountId: '1000000000000009',
    members: 3,
    speed: 1.5,
    services: ['log-service', 'config', 'resource-orchestration'],
    stacks: [{ name: 'base', file: 'stack.yaml', parameters: { A: 'x=y', B: '' } }],
    serverless: [{ file: 's.yaml', variables: { REGION: '{region}' } }],
    functionEnvironment: { API: '{endpoint}' },
  });
  const kept = ['--keys', 'fixed', '--lenient', '--persist', 'state'];
  expect(optionsOf(...kept)).toMatchObject({ keys: 'fixed', lenient: true, persistDir: 'state' });
  expect(parseCommand(['--write-env', '.env', '--env', 'A={host}', '--seed', 'seed.yaml'])).toEqual(
    {
      kind: 'start',
      sandbox: { port: 8420, functionEnvironment: {} },
      env: { A: '{host}' },
      envFile: '.env',
      isProxy: false,
      seedFile: 'seed.yaml',
    },
  );
  expect(parseCommand(['--proxy'])).toMatchObject({ isProxy: true, sandbox: { port: 8420 } });
  expect(parseCommand(['--ca', 'ca.pem'])).toMatchObject({
    isProxy: true,
    sandbox: { caFile: 'ca.pem' },
  });
  expect(optionsOf('--stack', './a/stack.yaml')).toMatchObject({
    stacks: [{ file: './a/stack.yaml', parameters: {} }],
  });
});

test.each([
  [['--prot', '1'], "Unknown option '--prot'."],
  [['extra'], "Unexpected argument 'extra'."],
  [['--port'], "'--port <value>' argument missing"],
  [['--port', '70000'], '--port has to be a whole number from 0 to 65535: 70000'],
  [['--members', 'five'], '--members has to be a whole number'],
  [['--speed', '-1'], '--speed'],
  [['--account', '42'], '--account has to be 16 digits: 42'],
  [['--services', 'resource'], "'resource' could be resource-manager or resource-orchestration."],
  [
    ['--services', 'config,oss'],
    "There is no service 'oss'. Known: access-management, cloud-flow, config",
  ],
  [['--services', ''], "There is no service ''"],
  [['--parameter', 'A=b'], '--parameter goes with --stack.'],
  [['--variable', 'A=b'], '--variable goes with --serverless.'],
  [['--keys', 'same'], '--keys is fixed or random: same'],
  [['--seed', 'x.yaml', '--members', '1'], '--members does not go with --seed'],
  [['--env', '=x'], '--env has to be NAME=VALUE: =x'],
  [['--function-env', 'A'], '--function-env has to be NAME=VALUE: A'],
])('%j is refused', (args, message) => {
  expect(() => parseCommand(args)).toThrow(message);
});

import { describeSettingsFault } from '../../../alicloud/settings-error.ts';

/** What went wrong, and what the person at the command does next. */
export const failure = {
  cloud: (operation: string, code: string, message: string) =>
    `${operation} failed: ${code}: ${message}`,
  requestId: (requestId: string) => `Request id: ${requestId}`,
  function: (name: string, message: string) => `The function failed: ${name}: ${message}`,
  functionRequestId: (requestId: string) =>
    `Request id: ${requestId}, in the function's log (logstore function-logs).`,
  settings: describeSettingsFault,
  /** What a run ends with, by the error's name; `message` is its own, in English. */
  workflow: {
    AccountsFailed: (message: string) => message,
    InputRejected: (message: string) => message,
    NoAccountInScope: (message: string) => message,
    ResultsNotStored: (message: string) => message,
  },
  readHelp: (command: string) => `${command} --help says how it is used.`,
  unexpected: (error: string) => `Unexpected ${error}`,
  debug: 'Run it again with --debug to see where it came from.',
  interrupted: 'Interrupted.',
  noLogProject: (project: string) => `log project ${project}`,
  noLogstore: (logstore: string, project: string) =>
    `logstore ${logstore} in the log project ${project}`,
  noLogStore: (missing: string, code: string) =>
    `There is no ${missing} (${code}). onboard setup creates the log store, which can be read about a minute later; if it is elsewhere, correct LOG_PROJECT, LOG_STORE and REGION.`,
};

/** By the code of an error: for a person whose credentials and network they are. */
export const advice = {
  credentials:
    'Renew the credentials in the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, its secret, and its token if it has one.',
  allow: (action: string) => `Allow ${action} to the user or role of these credentials.`,
  deploy:
    'Deploy the functions (npm run deploy), or name the function with --function: service/name on FC 2.0.',
  logStore:
    'Create the log store with `onboard setup`, or correct LOG_PROJECT, LOG_STORE and REGION.',
  index: 'The logstore lacks the index that stack.yaml gives it: `onboard setup` creates it.',
  directory:
    'Use credentials of the account that owns the resource directory, or enable it in this one.',
  parameter: 'Give parameters of stack.yaml only: its section Parameters lists them.',
  network: 'Check the network, REGION and the endpoints in the environment, then try again.',
  lookUp: (code: string, operation: string) =>
    `Look up ${code} of ${operation} in the documentation, correct what it names, and run the command again.`,
  later: (operation: string) =>
    `Run the command again in a minute; if ${operation} keeps failing, check the status page of Alibaba Cloud and open a ticket with the request id.`,
};

/** What was typed wrong. */
export const usage = {
  unknownCommand: (typed: string) => `There is no command ${typed}.`,
  noCommand: (commands: string) => `Give a command: ${commands}.`,
  unknownOption: (typed: string) => `There is no option ${typed}.`,
  didYouMean: (meant: string) => ` Did you mean ${meant}?`,
  needsValue: (option: string) => `${option} needs a value.`,
  givenTwice: (option: string) => `${option} is given twice.`,
  missingArgument: (argument: string) => `The argument ${argument} is missing.`,
  unexpectedArgument: (argument: string) => `Unexpected argument ${argument}.`,
  shell: (typed: string, known: string) =>
    `Completion is not available for ${typed}, only for ${known}.`,
  completionHasNoJson: 'completion has no --json: what it prints is a script for the shell.',
  language: (typed: string) => `--lang ${typed} is not a language of this command: use en or zh.`,
  accountId: (typed: string) =>
    `${typed} is not a valid account ID: it has only digits, for example 1000000000000002.`,
  folderId: (typed: string) =>
    `${typed} is not a valid folder ID: it begins with fd-, or with r- for the root.`,
  jsonOrCsv: 'Give --json or --csv, not both.',
  days: (typed: string, most: number) =>
    `--days ${typed} is not a whole number of days from 1 to ${most}.`,
  trigger: (typed: string) => `--trigger ${typed} is not one of event, schedule and manual.`,
  limit: (typed: string) => `--limit ${typed} is not a whole number of at least 1.`,
  seconds: (option: string, typed: string, most: number) =>
    `${option} ${typed} is not a whole number of seconds from 1 to ${most}.`,
  state: (typed: string, known: string) => `--state ${typed} is not one of ${known}.`,
  stateOrUncovered: 'Give --state or --uncovered, not both.',
  watchHasNoCsv: '--watch can be combined with --json, but not with --csv.',
  intervalAlone: '--interval works only with --watch.',
  pageNeedsFile: 'Give --out FILE.html: the page is written to a file.',
  outFile: (file: string, reason: string) => `--out ${file} can't be written: ${reason}.`,
  localHasNoFunction: '--local runs here: there is no --function to name.',
  functionName: (typed: string) =>
    `${typed} is not a valid function: give its name, or service/name on FC 2.0.`,
  wait: (typed: string, longest: number) =>
    `--wait ${typed} is not a whole number of seconds from 1 to ${longest}.`,
  followId: (typed: string) => `${typed} is not a valid run ID or request ID.`,
  followAlone:
    '--follow watches a run as it was started: it does not take the options of a new run.',
  deleteResultsAlone: '--delete-results works only with --remove.',
  parameterOfRemoval: "--parameter can't be combined with --remove.",
  notTheLogProject: (given: string, project: string) =>
    `--log-project ${given} is not the log project, which is ${project}.`,
  parameterForm: '--parameter takes KEY=VALUE, for example RetentionDays=730.',
  parameterValue: (key: string, constraint: string | undefined) =>
    `--parameter ${key} is out of range${constraint === undefined ? '' : `: ${constraint}`}.`,
  unknownParameter: (key: string, known: string) =>
    `stack.yaml has no parameter ${key}: it has ${known}.`,
};

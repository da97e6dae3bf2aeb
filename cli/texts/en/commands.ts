/** Of `backfill` and `replay`. */
const runOptions = {
  dryRun: 'shows the plan, and changes nothing',
  function: 'the deployed function (backfill); service/name on Function Compute 2.0',
  local: 'runs here, with these credentials, instead of in the function',
  wait: 'how long to wait for the end, at most (840: what the function may take, and a minute); a --local run ends with it, and has recorded by then',
};

/** Of `backfill`, `status`. */
const filterOptions = {
  account: 'only this account',
  folder: 'only this folder and those below it',
};

/** What `--help` says of each command. */
export const commands = {
  setup: {
    summary: 'Creates or updates the resources that the functions depend on',
    description: [
      'The log store, dashboard, alerts, roles and queue are one ROS stack, stack.yaml. The command plans a change set, shows it and applies it. It is safe to repeat: then it changes nothing. It also creates the service-linked roles that are missing. --event-rule does the same for a second stack, the rule that brings account events to the function. --remove deletes the stack, and keeps the log project with the results.',
    ],
    options: {
      dryRun: 'shows the plan (with --remove, that of the removal) and changes nothing',
      parameter: 'a parameter of stack.yaml, for example RetentionDays=730',
      stack:
        'name of the stack (account-onboarding); the names of its resources are fixed, so an account can have only one',
      remove: 'deletes the stack, and keeps the results',
      deleteResults: 'with --remove: deletes the log project and all results too',
      eventRule:
        'sets up the event path, event-rule.yaml, instead; run it after the functions are deployed',
      noNext: 'does not say what to do next, or that it was only the plan',
    },
    examples: [
      { command: 'onboard setup --dry-run', does: 'Shows what would be created or changed.' },
      {
        command: 'onboard setup --parameter AlertActionPolicy=ops-dingtalk',
        does: 'Sends alerts where that action policy says.',
      },
      {
        command: 'onboard setup --remove --dry-run',
        does: 'Shows what would be deleted, and what would be kept.',
      },
      { command: 'onboard setup --remove', does: 'Deletes everything except the results.' },
    ],
  },
  backfill: {
    summary: 'Makes sure that every member is recorded by Cloud Config, and watches it happen',
    description: [
      'First reads the plan and shows it, then starts the run: in the deployed function, or here with --local. The run starts the recorder if anything is missing, once for the whole organization, waits until each account is verified, and stores a result for each in the log store. It is safe to repeat: it looks first, and does only what is missing.',
      'The run does not need this command. Interrupt it, or lose the connection, and the run goes on; --follow picks it up again, from any machine, by the id that was shown.',
    ],
    options: {
      ...filterOptions,
      ...runOptions,
      exclude: 'all but this account',
      follow: 'watches a run that was started before: its run id, or the request id that was shown',
    },
    examples: [
      {
        command: 'onboard backfill --dry-run',
        does: 'Says whether the recorder would be started, and why, and how many accounts are in which state.',
      },
      {
        command: 'onboard backfill',
        does: 'Onboards every member and shows what needs attention.',
      },
      {
        command: 'onboard backfill --folder fd-sandboxes --exclude 1000000000000002',
        does: 'Onboards a folder, all but one account.',
      },
      {
        command: 'onboard backfill --function onboarding/backfill',
        does: 'The same through a function of Function Compute 2.0.',
      },
      {
        command: 'onboard backfill --follow 1F5B0A6C-0F5E-4C1E-8B7C-3C7E2D4A9B10',
        does: 'Goes on watching a run.',
      },
    ],
  },
  status: {
    summary: 'Shows every member with its recorder now and its last result',
    description: [
      "Lists the members of the resource directory, reads the recorder of each from Cloud Config's account group, and its last result from the log store. Changes nothing. A member that is in the directory but not in the account group is marked: not in group.",
    ],
    options: {
      ...filterOptions,
      uncovered: 'only accounts that are not covered, by cause, with what to do about them',
      state: 'only accounts in this state: failed, overdue, pending, unknown or covered',
      limit: 'shows at most this many accounts',
      watch: 'keeps looking, and shows what changes; with --json, one object for each look',
      interval: 'with --watch: seconds between two looks (30)',
      csv: 'all that is known, as CSV for a spreadsheet',
    },
    examples: [
      { command: 'onboard status', does: 'The whole directory, at a glance.' },
      {
        command: 'onboard status --uncovered',
        does: 'What is missing, and what to do about each account.',
      },
      {
        command: 'onboard status --state failed --state overdue --limit 20',
        does: 'What needs a person first.',
      },
      { command: 'onboard status --watch', does: 'Keeps looking, and shows what changes.' },
      { command: 'onboard status --csv > accounts.csv', does: 'For a spreadsheet.' },
      {
        command: 'onboard status > /dev/null && echo all covered',
        does: 'For a script: the exit code says it.',
      },
    ],
  },
  report: {
    summary: 'Writes a page that shows every member and its history, for auditors too',
    description: [
      'Looks at every member as onboard status does, reads the results of the last days from the log store, and writes one HTML file: how many members are covered, since when, and which answer of the cloud says so; coverage over time, time to coverage, outcomes by day, retries by error code; and every member with its timeline. The file is self-contained: it needs no network and sends no requests. Changes nothing in the cloud.',
      'The exit code is that of onboard status. Days are in Beijing time (UTC+8), as on the dashboard.',
    ],
    options: {
      out: 'the file to write; with --csv or --json it may be left out: then standard output',
      csv: 'every member with its last result, as CSV for a spreadsheet, instead of the page',
      days: 'how many days of results to read (90)',
    },
    examples: [
      {
        command: 'onboard report --out coverage.html',
        does: 'The page. It can be opened, printed or mailed as it is.',
      },
      {
        command: 'onboard report --out coverage.csv --csv',
        does: 'For a spreadsheet: ids stay whole, and no name is taken for a formula.',
      },
      {
        command: 'onboard report --json --days 365 > coverage.json',
        does: 'Everything that the page shows, for a script.',
      },
    ],
  },
  account: {
    summary: 'Shows everything that is known about one account',
    description: [
      'Its folder, when it joined, its recorder now, and a timeline of all its results: what started each run, what was found, how often the recorder was started, what went wrong, what to do, and the ids that find each step in the logs of Function Compute and Cloud Config. Successive results that say the same are shown as one. An account that has left the directory keeps its results. Changes nothing.',
    ],
    arguments: { id: 'the id of the account' },
    options: {},
    examples: [
      { command: 'onboard account 1000000000000002', does: 'The account, and its timeline.' },
      {
        command: 'onboard account 1000000000000002 --json',
        does: 'For a script: every result, none merged.',
      },
    ],
  },
  runs: {
    summary: 'Lists the runs and their results',
    description: [
      'The runs of the last days, the newest last, with what started each, how it ended, and how many accounts it found in which state. Successive scheduled runs with the same result are one line. Changes nothing.',
    ],
    options: {
      days: 'how many days back (7)',
      trigger: 'only runs that were started by event, schedule or manual',
      limit: 'only this many of the newest runs',
    },
    examples: [
      { command: 'onboard runs', does: 'The runs of a week.' },
      {
        command: 'onboard runs --trigger event --days 30',
        does: 'The runs that events started in a month.',
      },
      { command: 'onboard runs --json --limit 1', does: 'The last run, for a script.' },
    ],
  },
  logs: {
    summary: 'Shows what the functions printed',
    description: [
      'Reads the logstore function-logs: what the functions and Function Compute printed about each invocation, oldest first. Results that the log store refused are printed there, too. It is kept for 30 days, and can be read a few seconds after it was printed. Changes nothing.',
    ],
    options: {
      run: 'only of this run: its run id, or the request id of its invocation',
      days: 'how many days back (1; with --run 30)',
      limit: 'only this many of the newest lines',
      follow: 'keeps reading, and shows new lines',
    },
    examples: [
      { command: 'onboard logs --limit 50', does: 'The last lines.' },
      {
        command: 'onboard logs --run 2b1c6a7e-8f3d-4e0a-9c55-0d1f6f3b7a10',
        does: 'What the invocation of one run printed.',
      },
      { command: 'onboard logs --follow --json', does: 'One object per line, as it is printed.' },
    ],
  },
  replay: {
    summary: 'Runs again what failed, is pending or is overdue',
    description: [
      'Takes the accounts whose last result in the log store is failed, pending or overdue, as onboard status shows it, and runs a backfill for them. Accounts that have left the directory are named and left out. It is safe to repeat. If there are more accounts than one invocation takes, they are split into several runs, one after the other.',
    ],
    options: { ...runOptions },
    examples: [
      { command: 'onboard replay --dry-run', does: 'Names the accounts, and shows the plan.' },
      {
        command: 'onboard replay',
        does: 'Runs them again, and shows what still needs attention.',
      },
      {
        command: 'onboard replay --local',
        does: 'Runs them from here, for example while the function has a role that lacks a permission.',
      },
    ],
  },
  doctor: {
    summary: 'Checks whether everything is there and as this version would deploy it',
    description: [
      'Looks at the account, its services, roles, log store, functions, event rule and last runs, and compares them with stack.yaml, event-rule.yaml, s.yaml and the build. One line for each check: ✓ it is fine, ✗ it is not, with what to do, ? it cannot be determined, and why. Takes a few seconds, changes nothing, and can be used before a deployment as well as after it.',
    ],
    options: {},
    examples: [
      {
        command: 'onboard doctor',
        does: 'What is missing, in the order in which to fix it.',
      },
      {
        command: 'onboard doctor --json > before.json',
        does: 'For a script, with every difference.',
      },
    ],
  },
  completion: {
    summary: 'Prints a script that lets the shell complete commands and options',
    description: [
      'The script is made from the options themselves, so it fits the version that printed it. The command reads nothing and needs no credentials.',
    ],
    arguments: { shell: 'bash, zsh or fish' },
    options: {},
    examples: [
      {
        command: 'eval "$(onboard completion bash)"',
        does: 'In ~/.bashrc; the same with zsh in ~/.zshrc, after compinit.',
      },
      {
        command: 'onboard completion fish | source',
        does: 'In ~/.config/fish/config.fish.',
      },
    ],
  },
};

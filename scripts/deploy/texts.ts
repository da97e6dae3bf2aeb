/** What a deployment says beside what the operator's command and Serverless Devs say. */
export const said = {
  usage: `Deploys in stages: plan, foundations, functions, event path, doctor. What is as this version
has it is skipped. It is safe to repeat: after a failure it continues from there.

npm run deploy                  shows the plan, asks, and does it
npm run deploy -- --yes         does it without asking, for pipelines
npm run deploy -- --dry-run     shows the plan and the rendered s.yaml, and changes nothing
npm run deploy -- --remove      removes the event path, the functions and the schedule, checks that they
                                are gone, and keeps the resources that they depended on

One set of variables for all of it: see "Deploying" in README.md.`,
  removeWithDryRun: "--remove can't be combined with --dry-run.",

  stage: (name: string) => `\n== ${name} ==`,
  stages: {
    plan: 'plan',
    foundations: 'foundations',
    functions: 'functions',
    eventPath: 'event path',
    doctor: 'doctor',
  },

  blocked: 'The deployment is blocked, and nothing was changed:',
  unchanged: {
    foundations: 'Foundations: as this version has them.',
    functions: 'Functions: as this version has them.',
    eventPath: 'Event path: as this version has it.',
  },
  functionsDue: 'The functions will be deployed, because:',
  rendered: '\ns.yaml as it would be deployed:',
  eventPathAgain:
    'The event rule was changed or deleted outside its stack, or the stack has failed: the stack account-onboarding-events, which holds nothing else, will be removed and created again.',
  eventPathUnplanned:
    'The event path cannot be planned, for the reason above. Everything else is deployed anyway.',
  turnsOn:
    "Within five minutes of the deployment, the schedule starts enterprise mode of Cloud Config for the whole organization, if it is off. It can't be turned off again without losing what was recorded.",
  question: '\nContinue? Only yes is accepted: ',
  noTerminal: 'There is no terminal to ask on: confirm with --yes.',
  notDeployed: 'Nothing was deployed.',
  notRemoved: 'Nothing was removed.',
  interrupted: 'Interrupted. Run npm run deploy again: it continues from there.',

  stops: (stage: string) => `The deployment stops here: the stage ${stage} failed.`,
  goOn: 'When the cause above is fixed, run npm run deploy again: it continues from there.',
  permissions:
    'If the reason is a permission: docs/permissions.md lists all permissions that a deployment needs.',

  /** What is true in the end. */
  schedule: {
    there: 'The schedule is in place: it covers every account within five minutes.',
    missing:
      'The schedule is missing, or not as this version has it: do not rely on it for new accounts.',
    unknown: 'Whether the schedule is in place could not be read.',
  },
  eventPath: {
    there: 'The event path is in place: a new account is onboarded when its event arrives.',
    missing:
      'The event path is missing, or not as this version has it. That costs up to five minutes: without it, new accounts are covered by the schedule.',
    unknown: 'Whether the event path is in place could not be read.',
  },

  removal: {
    there: 'This will be removed:',
    nothing: 'There is nothing to remove: no event rule, no function, no trigger.',
    left: (what: string) =>
      `Still there: ${what}. Allow their deletion, see above, and run npm run deploy -- --remove again.`,
    done: 'Checked: the event rule, the functions and the schedule are gone. To remove the resources that they depended on: npx onboard setup --remove',
    function: (name: string) => `the function ${name}`,
    trigger: (name: string, functionName: string) => `the trigger ${name} of ${functionName}`,
    eventRule: (name: string) => `the event rule ${name}`,
  },

  sandboxAndCloud: (sandbox: string, cloud: string) =>
    `Only some endpoints are a sandbox's: ${sandbox}. These are not, and a deployment would go to both: ${cloud}. Set all of them, or none.`,
} as const;

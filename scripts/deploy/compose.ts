import { connectOperator } from '../../alicloud/connect-operator.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { examineDeployment } from '../../cli/doctor/examine.ts';
import { main } from '../../cli/main.ts';
import { retryReads } from '../../cli/retry-reads.ts';
import { describeWhereabouts } from '../../cli/whereabouts.ts';
import type { Clock } from '../../workflows/onboarding/ports.ts';
import type { DeployPorts } from './ports.ts';

export interface DeploySetting
  extends Pick<
    DeployPorts,
    'build' | 'functions' | 'interrupted' | 'isWanted' | 'output' | 'texts'
  > {
  /** Default: the system's. */
  readonly clock?: Clock;
  /** What the folders of code are in. Default: this project's. */
  readonly buildFolder?: string;
}

/** The operator's command and its looks run in this process, from its environment. */
export function composeDeployPorts({ clock, buildFolder, ...given }: DeploySetting): DeployPorts {
  const { output, texts, interrupted } = given;
  const operator = connectOperator({
    retryReads,
    clock,
    acting: (where) => output.note(describeWhereabouts(where, texts)),
  });
  return {
    ...given,
    onboard: (...args) =>
      main(
        // What is deployed or removed was asked for before.
        [...args, '--yes'],
        { commands: COMMANDS, version: '' },
        {
          output,
          interrupted,
          connect: (said) => connectOperator({ retryReads, given: said, clock }),
        },
      ),
    look: () =>
      examineDeployment({
        operator,
        output,
        interrupted,
        texts,
        buildFolder,
      }),
  };
}

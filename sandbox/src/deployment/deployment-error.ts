/** The file can't be deployed; every reason, each with the full path of its property. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The functions can't be deployed to the sandbox:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

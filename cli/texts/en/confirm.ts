/** Before what can't be taken back. */
export const confirm = {
  /** The only answer that is taken for a yes. */
  yes: 'yes',
  goOn: 'Continue? Only yes is accepted: ',
  type: (phrase: string) => `Type ${phrase} to continue: `,
  noTerminal: 'Nothing was changed: there is no terminal to ask on. Confirm with --yes.',
  interrupted: 'Interrupted. Nothing was changed.',
  declined: 'Nothing was changed.',
};

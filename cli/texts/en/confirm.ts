/** Before what can't be taken back. */
export const confirm = {
  /** The only answer that is taken for a yes. */
  yes: 'yes',
  goOn: 'Go on? Only yes is taken for a yes: ',
  type: (phrase: string) => `Type ${phrase} to go on: `,
  noTerminal: 'Nothing was changed: without a terminal to ask on, say so with --yes.',
  interrupted: 'Interrupted. Nothing was changed.',
  declined: 'Nothing was changed.',
};

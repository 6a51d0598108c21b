/** What a person is told when something broke: never a stack, always a number that the log has too. */
export const apology = (reference: string): string =>
  `Something went wrong on my side. The number ${reference} finds it in my log; please give it to the person who runs me.`;

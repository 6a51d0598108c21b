/** How Entra marks the name of an account that was invited from elsewhere. */
const INVITED = /#ext#/i;

/**
 * Whether an account is a guest's: by its type, and by the mark in its name where the type is missing, as it is for
 * accounts from before Microsoft kept one.
 */
export const isGuest = (account: { userType: string | null; userPrincipalName: string }): boolean =>
  account.userType === null || account.userType.trim() === ''
    ? INVITED.test(account.userPrincipalName)
    : account.userType.toLowerCase() !== 'member';

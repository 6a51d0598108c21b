/** More users than this are a task for a group, or for the admin center. */
export const MAX_USERS = 50;

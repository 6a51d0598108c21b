/** A search in the compose box: the source of the manifest's list. Titles have at most 32 characters. */
export type SearchCommand = {
  id: string;
  title: string;
  description: string;
  parameter: { name: string; title: string; description: string };
};

export const FIND_PERSON: SearchCommand = {
  id: 'findPerson',
  title: 'Find a person',
  description: 'Somebody’s licenses as a card for this chat: everybody in the chat can read them',
  parameter: {
    name: 'person',
    title: 'Person',
    description: 'Name, sign-in name or mail address',
  },
};

export const SEARCH_COMMANDS: readonly SearchCommand[] = [FIND_PERSON];

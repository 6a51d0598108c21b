/** A channel whose name Teams has not told: it names a channel in some events only. */
export const UNNAMED_CHANNEL = 'a channel';

/** A channel's name for people elsewhere. */
export const nameElsewhere = (name: string): string => (name === UNNAMED_CHANNEL ? 'another channel' : name);

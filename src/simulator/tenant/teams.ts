/** What happens to the app in Teams. */
export type TeamChange =
  | { kind: 'install'; teamId: string; groupId: string; channelIds: readonly string[] }
  | { kind: 'uninstall'; teamId: string }
  | { kind: 'delete-channel'; channelId: string };

export type Team = { readonly id: string; readonly groupId: string; readonly channels: Set<string> };

/** The teams that have the app, and their channels. */
export class Teams {
  readonly #teams = new Map<string, Team>();

  change(change: TeamChange): void {
    switch (change.kind) {
      case 'install': {
        const { teamId, groupId, channelIds } = change;
        this.#teams.set(teamId, { id: teamId, groupId, channels: new Set(channelIds) });
        return;
      }
      case 'uninstall':
        this.#teams.delete(change.teamId);
        return;
      case 'delete-channel':
        for (const { channels } of this.#teams.values()) channels.delete(change.channelId);
    }
  }

  team(id: string): Team | null {
    return this.#teams.get(id) ?? null;
  }

  /** The team of a channel that exists; null for one that was deleted, or whose team has no app. */
  teamOf(channelId: string): Team | null {
    return [...this.#teams.values()].find(({ channels }) => channels.has(channelId)) ?? null;
  }

  /** Whether the app is in any team. */
  get any(): boolean {
    return this.#teams.size > 0;
  }
}

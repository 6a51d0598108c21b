import type { ConversationStore, NewConversation, StoredConversation } from '../../../src/domain/ports.ts';

/** A conversation store in memory, with the contract's rules. */
export class MemoryConversations implements ConversationStore {
  readonly rows = new Map<string, StoredConversation>();

  async upsert(conversation: NewConversation): Promise<void> {
    const earlier = this.rows.get(conversation.key);
    const hasTarget = [...this.rows.values()].some(({ alerts }) => alerts);
    const alerts = earlier?.alerts ?? (conversation.kind === 'channel' && !hasTarget);
    const groupId = conversation.groupId ?? earlier?.groupId ?? null;
    this.rows.set(conversation.key, { ...conversation, groupId, alerts, unreachable: null });
  }

  async byKey(key: string): Promise<StoredConversation | null> {
    return this.rows.get(key) ?? null;
  }

  async alertTarget(): Promise<StoredConversation | null> {
    return [...this.rows.values()].find(({ alerts }) => alerts) ?? null;
  }

  async setAlertTarget(key: string): Promise<void> {
    for (const row of this.rows.values()) row.alerts = row.key === key;
  }

  async setGroup(teamId: string, groupId: string): Promise<void> {
    for (const row of this.rows.values()) if (row.teamId === teamId) row.groupId = groupId;
  }

  async setUnreachable(key: string, reason: string | null): Promise<void> {
    const row = this.rows.get(key);
    if (row) row.unreachable = reason;
  }

  async remove(filter: { key: string } | { teamId: string }): Promise<void> {
    for (const row of [...this.rows.values()]) {
      if ('key' in filter ? row.key === filter.key : row.teamId === filter.teamId) this.rows.delete(row.key);
    }
  }

  async all(): Promise<StoredConversation[]> {
    return [...this.rows.values()];
  }
}

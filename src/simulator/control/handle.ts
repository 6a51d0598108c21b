import type { ActivityFeed } from '../activity/feed.ts';
import type { Act } from '../acts/act.ts';
import { applyAct } from '../acts/apply-act.ts';
import { playTimeline } from '../acts/timeline.ts';
import type { LicenseTexts } from '../graph/license-texts.ts';
import type { CallLog } from '../http/call-log.ts';
import type { Fault, FaultBoard } from '../http/faults.ts';
import type { WriteLog, WriteRecord } from '../http/write-log.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { TokenEra } from '../odata/page-token.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { AppRegistration, AppState } from '../sign-in/registration.ts';
import type { TokenIssuer } from '../sign-in/tokens.ts';
import { type Account, type HeldLicense, heldLicenses } from '../tenant/account.ts';
import type { Behaviour } from '../tenant/behaviour.ts';
import type { ChannelMessage } from '../tenant/channel.ts';
import type { WebhookSubscription } from '../tenant/subscriptions.ts';
import type { Teams } from '../tenant/teams.ts';
import { settle, type Tenant } from '../tenant/tenant.ts';

export type HandleParts = {
  readonly tenant: Tenant;
  readonly scenario: Scenario;
  readonly app: AppRegistration;
  readonly bot: AppRegistration;
  readonly tokens: TokenIssuer;
  readonly faults: FaultBoard;
  readonly requests: CallLog;
  readonly writes: WriteLog;
  readonly texts: LicenseTexts;
  readonly pageTokens: TokenEra;
  readonly deltaTokens: TokenEra;
  readonly notifier: Notifier;
};

/** `secretEndsAt` is ms UTC. */
export type RegistrationChange = { readonly [K in keyof AppState]?: AppState[K] | undefined } & {
  secretEndsAt?: number | undefined;
};

/** A user as tests ask for it. */
export type UserView = Account & { readonly licenses: HeldLicense[]; readonly groups: string[] };

export type SkuView = {
  readonly skuId: string;
  readonly partNumber: string;
  readonly capabilityStatus: string;
  readonly seats: number;
  readonly consumed: number;
};

/** The tenant in the hands of a test, the demo or the control endpoint. Nothing here goes through Graph. */
export class TenantHandle {
  readonly #parts: HandleParts;

  constructor(parts: HandleParts) {
    this.#parts = parts;
  }

  /** Starts the scenario's timeline now; a second call plays it once more from here. */
  play(): void {
    const { tenant, scenario } = this.#parts;
    playTimeline(tenant, scenario.timeline, settle(tenant));
  }

  /** Makes something happen now. Throws ActError when it cannot. */
  act(act: Act): void {
    const { tenant } = this.#parts;
    applyAct(tenant, act, settle(tenant));
  }

  /** Moves the tenant's clock forward and runs what becomes due. */
  step(ms: number): void {
    const { tenant } = this.#parts;
    tenant.clock.step(ms);
    settle(tenant);
  }

  now(): number {
    return settle(this.#parts.tenant);
  }

  /** Whether nothing is left to happen. */
  idle(): boolean {
    settle(this.#parts.tenant);
    return this.#parts.tenant.agenda.idle;
  }

  /** By object id or UPN; null when there is nobody, also when deleted. */
  user(idOrUpn: string): UserView | null {
    const { tenant } = this.#parts;
    settle(tenant);
    const account = tenant.directory.find(idOrUpn);
    if (!account) return null;
    return { ...account, licenses: heldLicenses(account.sources), groups: tenant.groups.of(account.id) };
  }

  /** By SKU id or part number; null for what the tenant never bought. */
  sku(idOrPartNumber: string): SkuView | null {
    const { tenant } = this.#parts;
    settle(tenant);
    const product = tenant.catalogue.find(idOrPartNumber);
    if (!product || tenant.stock.subscriptions(product.skuId).length === 0) return null;
    const { skuId, partNumber } = product;
    const units = tenant.stock.units(skuId);
    return {
      skuId,
      partNumber,
      capabilityStatus: tenant.stock.capabilityStatus(skuId),
      seats: units.enabled + units.warning,
      consumed: tenant.stock.consumed(skuId),
    };
  }

  groupId(displayName: string): string | null {
    return this.#parts.tenant.groups.find(displayName)?.id ?? null;
  }

  unitId(displayName: string): string | null {
    return this.#parts.tenant.units.find(displayName)?.id ?? null;
  }

  /** The webhook subscriptions that stand. */
  subscriptions(): readonly WebhookSubscription[] {
    return this.#parts.tenant.subscriptions.all(settle(this.#parts.tenant));
  }

  /** Posts a lifecycle notification, such as `missed`, to every subscription. */
  lifecycle(event: string): Promise<void> {
    return this.#parts.notifier.lifecycle(event);
  }

  fault(fault: Fault): void {
    this.#parts.faults.add(fault);
  }

  clearFaults(): void {
    this.#parts.faults.clear();
  }

  /** Switches undocumented or contradictory behaviour. */
  behave(switches: Partial<Behaviour>): void {
    Object.assign(this.#parts.tenant.behaviour, switches);
    this.#parts.texts.forget();
  }

  /** Takes a permission from the app, or gives it back. */
  permit(permission: string, granted: boolean): void {
    const { app, tenant } = this.#parts;
    if (granted && !app.permissions.has(permission)) app.grantedAt.set(permission, tenant.clock.now());
    if (granted) app.permissions.add(permission);
    else app.permissions.delete(permission);
  }

  /** Changes what stands between an app and its token: the one that reads the tenant, or the bot's own. */
  register(which: 'app' | 'bot', { secretEndsAt, ...state }: RegistrationChange): void {
    const app = this.#parts[which];
    for (const [name, value] of Object.entries(state)) {
      if (value !== undefined) Object.assign(app.state, { [name]: value });
    }
    if (secretEndsAt !== undefined) for (const secret of app.secrets) secret.endsAt = secretEndsAt;
  }

  /** The teams that have the app, and their channels. */
  get teams(): Teams {
    return this.#parts.tenant.teams;
  }

  /** The Management Activity API's subscriptions. */
  get feed(): ActivityFeed {
    return this.#parts.tenant.activity;
  }

  /** Makes tokens given out until now worthless: access tokens, page tokens, or delta tokens. */
  expire(what: 'access-tokens' | 'page-tokens' | 'delta-tokens'): void {
    const { tokens, pageTokens, deltaTokens } = this.#parts;
    if (what === 'access-tokens') tokens.revokeAll();
    else if (what === 'page-tokens') pageTokens.current += 1;
    else deltaTokens.current += 1;
  }

  /** What was asked for so far, by route. */
  requests(): { total: number; bytes: number; routes: Record<string, number> } {
    return this.#parts.requests.read();
  }

  /** Every write that Graph let in so far, in order, with what was answered. */
  writes(): readonly WriteRecord[] {
    return this.#parts.writes.all();
  }

  clearRequests(): void {
    this.#parts.requests.clear();
    this.#parts.writes.clear();
  }

  /** Puts a message into a channel, as if it had been posted. */
  postMessage(teamId: string, channelId: string, message: ChannelMessage): void {
    this.#parts.tenant.channel.post(teamId, channelId, message);
  }
}

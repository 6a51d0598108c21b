import { heldLicenses, type LicenseSource } from '../tenant/account.ts';
import type { Behaviour } from '../tenant/behaviour.ts';
import { isoSeconds } from '../tenant/clock.ts';

type Texts = { licenses?: string; states?: string };

/**
 * The JSON of a user's licenses, kept by the list of sources it was made from. Generated people share a
 * handful of lists, so a page of a thousand users renders each license only once.
 */
export class LicenseTexts {
  readonly #behaviour: Behaviour;
  #kept = new WeakMap<readonly LicenseSource[], Texts>();

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
  }

  /** Needed after the behaviour was switched. */
  forget(): void {
    this.#kept = new WeakMap();
  }

  assignedLicenses(sources: readonly LicenseSource[]): string {
    const texts = this.#of(sources);
    texts.licenses ??= JSON.stringify(
      heldLicenses(sources).map(({ skuId, disabledPlans }) => ({ disabledPlans, skuId })),
    );
    return texts.licenses;
  }

  assignmentStates(sources: readonly LicenseSource[]): string {
    const texts = this.#of(sources);
    texts.states ??= JSON.stringify(sources.map((source) => this.#state(source)));
    return texts.states;
  }

  #state(source: LicenseSource) {
    const { upperCaseSkuIds, noError } = this.#behaviour;
    return {
      skuId: upperCaseSkuIds ? source.skuId.toUpperCase() : source.skuId,
      disabledPlans: source.disabledPlans,
      assignedByGroup: source.groupId,
      state: source.state,
      error: source.error === 'None' ? noError : source.error,
      lastUpdatedDateTime: isoSeconds(source.updatedAt),
    };
  }

  #of(sources: readonly LicenseSource[]): Texts {
    const kept = this.#kept.get(sources) ?? {};
    this.#kept.set(sources, kept);
    return kept;
  }
}

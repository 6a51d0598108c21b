export type IssueSeed = {
  id: string;
  title: string;
  service: string;
  feature: string;
  featureGroup: string;
  classification: 'advisory' | 'incident';
  impact: string;
  update: string;
};

export type ServiceIssue = IssueSeed & {
  startedAt: number;
  endedAt: number | null;
  modifiedAt: number;
  status: 'serviceDegradation' | 'serviceRestored';
};

/** Microsoft's service health issues, newest first. */
export class HealthBoard {
  #issues: ServiceIssue[] = [];

  all(): readonly ServiceIssue[] {
    return this.#issues;
  }

  open(seed: IssueSeed, at: number): void {
    this.#issues = [
      { ...seed, startedAt: at, endedAt: null, modifiedAt: at, status: 'serviceDegradation' },
      ...this.#issues.filter((issue) => issue.id !== seed.id),
    ];
  }

  /** False when there is no such issue. */
  resolve(id: string, at: number): boolean {
    const found = this.#issues.some((issue) => issue.id === id);
    this.#issues = this.#issues.map((issue) =>
      issue.id === id ? { ...issue, endedAt: at, modifiedAt: at, status: 'serviceRestored' } : issue,
    );
    return found;
  }
}

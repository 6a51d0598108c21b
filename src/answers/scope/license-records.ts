import { explainsLicenses } from '../../domain/search/explains-licenses.ts';
import type { AnswerStore } from '../answer/deps.ts';

/** The store of somebody who is no auditor: of the audit records only those that explain licenses. */
export const withLicenseRecords = (store: AnswerStore): AnswerStore => ({
  ...store,
  audit: {
    find: async (filter) => (await store.audit.find(filter)).filter(explainsLicenses),
    flaws: () => store.audit.flaws(),
    feeds: () => store.audit.feeds(),
    coverage: () => store.audit.coverage(),
    problems: () => store.audit.problems(),
    auditing: () => store.audit.auditing(),
    silences: () => store.audit.silences(),
    lastPurge: () => store.audit.lastPurge(),
    serviceIssues: (from, to) => store.audit.serviceIssues(from, to),
  },
});

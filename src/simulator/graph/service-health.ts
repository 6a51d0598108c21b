import type { ApiReply } from '../http/message.ts';
import { passes, readerOf } from '../odata/evaluate.ts';
import { parseFilter } from '../odata/filter.ts';
import { pageSize } from '../odata/options.ts';
import { linkWith } from '../odata/page-token.ts';
import { isoSeconds } from '../tenant/clock.ts';
import type { ServiceIssue } from '../tenant/health.ts';
import { badRequest, collection, type GraphCall } from './call.ts';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function issueBody(issue: ServiceIssue, pascalCase: boolean): Record<string, unknown> {
  const written = pascalCase ? capital : (word: string) => word;
  return {
    id: issue.id,
    title: issue.title,
    startDateTime: isoSeconds(issue.startedAt),
    endDateTime: issue.endedAt === null ? null : isoSeconds(issue.endedAt),
    lastModifiedDateTime: isoSeconds(issue.modifiedAt),
    details: [],
    classification: written(issue.classification),
    origin: written('microsoft'),
    status: written(issue.status),
    service: issue.service,
    feature: issue.feature,
    featureGroup: issue.featureGroup,
    impactDescription: issue.impact,
    isResolved: issue.endedAt !== null,
    posts: [
      {
        createdDateTime: isoSeconds(issue.modifiedAt),
        postType: written('regular'),
        description: { contentType: 'html', content: issue.update },
      },
    ],
  };
}

/** Pages with `$skip`, unlike the directory. */
export function listServiceIssues(call: GraphCall): ApiReply {
  const { tenant, options, request } = call;
  const skip = Number(options.get('skip') ?? 0);
  if (!Number.isInteger(skip) || skip < 0)
    throw badRequest(`Invalid value for $skip: '${options.get('skip')}'.`);
  const size = tenant.behaviour.serviceIssuePageSize;
  const filter = options.get('filter');
  const bodies = tenant.health
    .all()
    .map((issue) => issueBody(issue, tenant.behaviour.pascalCaseServiceIssues));
  const parsed = filter === undefined ? null : parseFilter(filter);
  const all = bodies.filter((body) => parsed === null || passes(parsed, readerOf(body)));
  const end = skip + pageSize(options, size, 1000);
  const page = all.slice(skip, end).map((body) => JSON.stringify(body));
  return collection(call, 'admin/serviceAnnouncement/issues', page, {
    ...(end < all.length ? { '@odata.nextLink': linkWith(request, { $skip: String(end) }) } : {}),
  });
}

/** One line per service: degraded while one of its issues is open. */
export function listHealthOverviews(call: GraphCall): ApiReply {
  const issues = call.tenant.health.all();
  const services = ['Microsoft 365 suite', 'Exchange Online', 'Microsoft Teams', 'Microsoft Entra'];
  const overviews = services.map((service) => {
    const open = issues.some((issue) => issue.service === service && issue.endedAt === null);
    const status = open ? 'serviceDegradation' : 'serviceOperational';
    return JSON.stringify({ id: service, service, status });
  });
  return collection(call, 'admin/serviceAnnouncement/healthOverviews', overviews);
}

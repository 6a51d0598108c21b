import type { ApiReply } from '../http/message.ts';
import { json, Refusal } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { REPORTS, usageCsv } from '../reports/usage-csv.ts';
import { mailboxOf } from '../reports/use.ts';
import { badRequest, type GraphCall, notFound, userIn } from './call.ts';

/** `GET /reports/<name>(period='D90')`: a redirect to a signed address of another host. */
export function redirectToReport(call: GraphCall): ApiReply {
  const asked = /^(\w+)\(period='D(\d+)'\)$/.exec(decodeURIComponent(param(call.params, 'call')));
  const [, name = '', days = ''] = asked ?? [];
  if (!Object.hasOwn(REPORTS, name)) {
    throw new Refusal(
      400,
      'BadRequest',
      `Resource not found for the segment '${param(call.params, 'call')}'.`,
    );
  }
  if (!['7', '30', '90', '180'].includes(days)) throw badRequest('Invalid period value specified.');
  call.enterUsageReports();
  const { tenant, now } = call;
  const location = call.downloads.offer(
    () => usageCsv(name, tenant, Number(days), call.clockNow()) ?? '',
    now,
  );
  return { status: 302, headers: { location, 'content-type': 'text/plain' }, body: '' };
}

export function getReportSettings({ tenant }: GraphCall): ApiReply {
  return json({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#admin/reportSettings/$entity',
    displayConcealedNames: tenant.behaviour.concealedNames,
  });
}

/** `userPurpose` of a mailbox; who has none is not found, as Exchange says. */
export function getMailboxSettings(call: GraphCall): ApiReply {
  const account = userIn(call, param(call.params, 'id'));
  const purpose = mailboxOf(account, call.tenant.catalogue);
  if (purpose === null) throw notFound(account.id);
  return json({ userPurpose: purpose });
}

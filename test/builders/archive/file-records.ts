/** What people do with files and sites, as SharePoint and OneDrive record it. */
import { ADDRESSES, CAST, FILES, OFFICE_ADDRESS, OUTSIDERS, type Person, SITES } from './cast.ts';
import type { Did, Draw, Made } from './fact.ts';
import { activityRecord } from './record-forms.ts';

const ROOT = 'https://fabrikam.sharepoint.example';

const OF_FILES: readonly (readonly [operation: string, did: Did, weight: number])[] = [
  ['FileAccessed', 'opened a file', 30],
  ['FilePreviewed', 'opened a file', 6],
  ['FileModified', 'changed a file', 16],
  ['FileUploaded', 'changed a file', 6],
  ['FileRenamed', 'changed a file', 2],
  ['FileMoved', 'changed a file', 2],
  ['FileDownloaded', 'downloaded a file', 7],
  ['FileSyncDownloadedFull', 'downloaded a file', 3],
  ['FileDeleted', 'deleted a file', 3],
  ['FileRecycled', 'deleted a file', 2],
];
const WEIGHED = OF_FILES.flatMap((row) => Array.from({ length: row[2] }, () => row));

const personalSite = ({ upn }: Person): string => upn.replace(/[^a-z0-9]/g, '_');

/** Somebody uses a file, mostly on a site, else in their OneDrive. */
export function aFileRecord(draw: Draw, at: number): Made {
  const [operation, did] = draw.one(WEIGHED);
  const by = draw.one(CAST);
  const isOwn = draw.below(5) === 0;
  const site = isOwn ? personalSite(by) : draw.one(SITES);
  const file = draw.one(FILES);
  const address = draw.below(4) === 0 ? draw.one(ADDRESSES) : OFFICE_ADDRESS;
  const url = isOwn ? `https://fabrikam-my.sharepoint.example/personal/${site}/` : `${ROOT}/sites/${site}/`;
  const workload = isOwn ? 'OneDrive' : 'SharePoint';
  const folder = isOwn ? 'Documents' : 'Shared Documents/General';
  const id = draw.id();
  return {
    fact: { id, at, did, operation, workload, by: by.key, on: [file], site, address },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: 6,
        Workload: workload,
        UserId: by.upn,
        ClientIP: address,
        CorrelationId: draw.id(),
        EventSource: 'SharePoint',
        ItemType: 'File',
        ListId: draw.id(),
        ObjectId: `${url}${folder}/${file}`,
        Site: draw.id(),
        SiteUrl: url,
        SourceRelativeUrl: folder,
        SourceFileName: file,
        SourceFileExtension: file.split('.').at(-1),
        UserAgent: draw.one(['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/129.0', 'OneDriveMpc/1.0']),
      },
    ),
  };
}

type Sharing = readonly [operation: string, did: Did, to: 'colleague' | 'outsider' | 'link'];

const OF_SHARING: readonly Sharing[] = [
  ['SharingSet', 'shared', 'colleague'],
  ['SharingSet', 'shared outside', 'outsider'],
  ['AddedToSecureLink', 'shared outside', 'outsider'],
  ['AddedToSecureLink', 'shared', 'colleague'],
  ['CompanyLinkCreated', 'shared', 'link'],
  ['AnonymousLinkCreated', 'shared outside', 'link'],
];

/** Somebody shares a file with a colleague, with somebody outside, or by a link. */
export function aSharingRecord(draw: Draw, at: number): Made {
  const [operation, did, to] = draw.one(OF_SHARING);
  const by = draw.one(CAST);
  const colleague = draw.one(CAST);
  const outsider = draw.one(OUTSIDERS);
  const site = draw.one(SITES);
  const file = draw.one(FILES);
  const address = OFFICE_ADDRESS;
  const url = `${ROOT}/sites/${site}/`;
  const target =
    to === 'outsider'
      ? { TargetUserOrGroupName: outsider, TargetUserOrGroupType: 'Guest' }
      : to === 'colleague'
        ? { TargetUserOrGroupName: colleague.upn, TargetUserOrGroupType: 'Member' }
        : { EventData: '<Type>View</Type>' };
  const on = [file, ...(to === 'outsider' ? [outsider] : to === 'colleague' ? [colleague.key] : [])];
  const id = draw.id();
  return {
    fact: { id, at, did, operation, workload: 'SharePoint', by: by.key, on, site, address },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: 14,
        Workload: 'SharePoint',
        UserId: by.upn,
        ClientIP: address,
        CorrelationId: draw.id(),
        EventSource: 'SharePoint',
        ItemType: 'File',
        ObjectId: `${url}Shared Documents/General/${file}`,
        SiteUrl: url,
        SourceFileName: file,
        UserAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/129.0',
        ...target,
      },
    ),
  };
}

/** A site is created, or its permissions change. */
export function aSiteRecord(draw: Draw, at: number): Made {
  const operation = draw.one([
    'SiteCollectionCreated',
    'SitePermissionsModified',
    'SiteCollectionAdminAdded',
  ]);
  const by = draw.one(CAST);
  const whom = draw.one(CAST);
  const site = draw.one(SITES);
  const url = `${ROOT}/sites/${site}/`;
  const isAdmin = operation === 'SiteCollectionAdminAdded';
  const id = draw.id();
  return {
    fact: {
      id,
      at,
      did: 'changed a site',
      operation,
      workload: 'SharePoint',
      by: by.key,
      on: isAdmin ? [whom.key] : [site],
      site,
      address: OFFICE_ADDRESS,
    },
    record: activityRecord(
      { id, at, operation },
      {
        RecordType: isAdmin ? 14 : 4,
        Workload: 'SharePoint',
        UserId: by.upn,
        ClientIP: OFFICE_ADDRESS,
        EventSource: 'SharePoint',
        ItemType: 'Site',
        ObjectId: url,
        SiteUrl: url,
        ...(isAdmin ? { TargetUserOrGroupName: whom.upn, TargetUserOrGroupType: 'Member' } : {}),
      },
    ),
  };
}

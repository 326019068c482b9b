import type { Coverage } from '../kit/vendor.ts';

type Row = readonly [method: string, path: string, served: boolean];

/** What the Web API can do, as far as reading an organisation needs it, and what of it is served. */
const OPERATIONS: readonly Row[] = [
  ['GET', '/', true],
  ['GET', '/$metadata', true],
  ['GET', '/{set}', true],
  ['GET', '/{set}?$apply', true],
  ['GET', '/{set}?fetchXml', true],
  ['GET', '/{set}?savedQuery', false],
  ['GET', '/{set}?userQuery', false],
  ['GET', '/{set}?$deltatoken', true],
  ['GET', '/{set}/$count', true],
  ['GET', '/{set}({key})', true],
  ['GET', '/{set}({key})/{property}', true],
  ['GET', '/{set}({key})/{property}/$value', true],
  ['GET', '/{set}({key})/{navigation}', true],
  ['GET', '/{set}({key})/{navigation}/$ref', true],
  ['POST', '/{set}', true],
  ['PATCH', '/{set}({key})', true],
  ['DELETE', '/{set}({key})', true],
  ['PUT', '/{set}({key})/{property}', true],
  ['DELETE', '/{set}({key})/{property}', true],
  ['POST', '/{set}({key})/{navigation}/$ref', true],
  ['PUT', '/{set}({key})/{navigation}/$ref', true],
  ['DELETE', '/{set}({key})/{navigation}/$ref', true],
  ['POST', '/$batch', true],
  ['GET', '/EntityDefinitions', true],
  ['GET', '/EntityDefinitions({key})/Attributes/{cast}', true],
  ['GET', '/RelationshipDefinitions', true],
  ['GET', '/GlobalOptionSetDefinitions', true],
  ['POST', '/EntityDefinitions', false],
  ['PUT', '/EntityDefinitions({key})', false],
  ['GET', '/WhoAmI()', true],
  ['GET', '/RetrieveVersion()', true],
  ['GET', '/RetrieveCurrentOrganization()', true],
  ['GET', '/RetrieveTotalRecordCount()', true],
  ['GET', '/RetrieveEntityChanges()', false],
  ['GET', '/RetrieveUserPrivileges()', false],
  ['POST', '/InitializeAnnotationBlocksDownload', true],
  ['POST', '/InitializeAttachmentBlocksDownload', true],
  ['POST', '/InitializeFileBlocksDownload', true],
  ['POST', '/DownloadBlock', true],
  ['POST', '/InitializeFileBlocksUpload', false],
  ['POST', '/UploadBlock', false],
  ['POST', '/CommitFileBlocksUpload', false],
  ['POST', '/searchquery', false],
];

/** Names of unbound functions and actions that the vendor has and this emulator does not. */
export const UNSERVED_CALLS: ReadonlySet<string> = new Set([
  ...['RetrieveEntityChanges', 'RetrieveUserPrivileges', 'InitializeFileBlocksUpload', 'UploadBlock'],
  ...[
    'CommitFileBlocksUpload',
    'InitializeAnnotationBlocksUpload',
    'CommitAnnotationBlocksUpload',
    'searchquery',
  ],
  ...[
    'RetrieveMetadataChanges',
    'ExportToExcel',
    'CreateMultiple',
    'UpdateMultiple',
    'UpsertMultiple',
    'Merge',
  ],
  ...['RetrieveAttributeChangeHistory', 'RetrieveDependenciesForDelete', 'InitializeAttachmentBlocksUpload'],
]);

/** Which operations are served. */
export function coverage(): Coverage {
  const operations = OPERATIONS.map(([method, path, served]) => ({ method, path, served }));
  return {
    published: operations.length,
    served: operations.filter(({ served }) => served).length,
    operations,
  };
}

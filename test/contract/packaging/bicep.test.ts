import { describe, expect, it } from 'vitest';
import { projectFile } from './project-files.ts';

/** No compiler of Bicep comes by npm: what can be wrong in this file without one is looked for here. */
const BICEP = projectFile('infra/azure.bicep');
const CODE = BICEP.replace(/^\s*\/\/.*$/gm, '').replace(/^@description\(.*$/gm, '');

type Resource = { symbol: string; type: string; version: string | null; parent: string | null; body: string };

/** Every resource with what stands in its braces; a nested one has the type and version of what it stands in. */
function resourcesIn(text: string, outer: Resource | null = null): Resource[] {
  const found: Resource[] = [];
  const heading = /^\s*resource (\w+) '([\w./]+?)(?:@(\d{4}-\d{2}-\d{2}))?' = \{/gm;
  for (let match = heading.exec(text); match !== null; match = heading.exec(text)) {
    const [whole, symbol = '', type = '', version = null] = match;
    const end = closing(text, match.index + whole.length);
    const body = text.slice(match.index + whole.length, end);
    const parent = outer?.symbol ?? /^\s*parent: (\w+)$/m.exec(body)?.[1] ?? null;
    const own: Resource = { symbol, type: outer ? `${outer.type}/${type}` : type, version, parent, body };
    found.push(own, ...resourcesIn(body, own));
    heading.lastIndex = end;
  }
  return found;
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('a brace is not closed');
}

const resources = resourcesIn(CODE);
const named = (pattern: RegExp): string[] => [...CODE.matchAll(pattern)].map(([, name = '']) => name);

/** What was looked up in Microsoft's published types (Azure/bicep-types-az). */
const TYPES: Record<string, string | null> = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': '2023-01-31',
  'Microsoft.DBforPostgreSQL/flexibleServers': '2022-12-01',
  'Microsoft.DBforPostgreSQL/flexibleServers/databases': null,
  'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules': null,
  'Microsoft.Web/serverfarms': '2022-09-01',
  'Microsoft.Web/sites': '2022-09-01',
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': '2022-09-01',
  'Microsoft.BotService/botServices': '2022-09-15',
  'Microsoft.BotService/botServices/channels': null,
};

describe('the Azure template', () => {
  it('has resources of types and versions that exist', () => {
    expect(Object.fromEntries(resources.map(({ type, version }) => [type, version]))).toEqual(TYPES);
  });

  it('refers only to what it declares', () => {
    const declared = new Set([
      ...named(/^param (\w+) /gm),
      ...named(/^var (\w+) /gm),
      ...resources.map(({ symbol }) => symbol),
    ]);
    const inText = [...CODE.matchAll(/'(?:[^'\\\n]|\\.)*'/g)].flatMap(([text]) =>
      [...text.matchAll(/\$\{([^}]+)\}/g)].map(([, expression = '']) => expression),
    );
    const values = [
      ...CODE.replace(/'(?:[^'\\\n]|\\.)*'/g, "''").matchAll(/(?:: |= |^\s{6})([a-zA-Z][\w.()]*)(?: \})?$/gm),
    ].map(([, expression = '']) => expression);
    const roots = [...inText, ...values].flatMap((expression) =>
      [...expression.replace(/\w+\(/g, '(').matchAll(/(?:^|\()([a-zA-Z]\w*)/g)].map(([, root = '']) => root),
    );
    const words = new Set(['true', 'false', 'null', 'string']);
    expect(roots.length).toBeGreaterThan(25);
    expect(roots.filter((root) => !declared.has(root) && !words.has(root) && root !== 'location')).toEqual(
      [],
    );
  });

  it.each(['database', 'webApp'])('makes the children of %s one after another', (symbol) => {
    const children = resources.filter(({ parent }) => parent === symbol);
    expect(children.length).toBeGreaterThan(1);
    const waits = (child: Resource): string[] =>
      /dependsOn: \[([^\]]*)\]/.exec(child.body)?.[1]?.match(/\w+/g) ?? [];
    const symbols = new Set(children.map((child) => child.symbol));
    const first = children.filter((child) => !waits(child).some((other) => symbols.has(other)));
    expect(first).toHaveLength(1);
    const after = children.flatMap((child) => waits(child).filter((other) => symbols.has(other)));
    expect(new Set(after).size).toBe(children.length - 1);
  });

  it('opens nothing by a password: neither files nor deploys, and only by HTTPS', () => {
    const policies = resources.filter(({ type }) => type.endsWith('basicPublishingCredentialsPolicies'));
    expect(policies.map(({ body }) => /name: '(\w+)'/.exec(body)?.[1]).sort()).toEqual(['ftp', 'scm']);
    for (const { body } of policies) expect(body).toMatch(/allow: false/);
    expect(BICEP).toMatch(/httpsOnly: true/);
    expect(BICEP).toMatch(/ftpsState: 'Disabled'/);
  });

  it('keeps readiness and metrics on a port that the platform does not pass on', () => {
    const port = /name: 'PORT', value: '(\d+)'/.exec(BICEP)?.[1];
    const operations = /^param operationsPort string = '(\d+)'$/m.exec(BICEP)?.[1];
    expect(operations).toMatch(/^\d+$/);
    expect(operations).not.toBe(port);
    expect(BICEP).not.toContain('OPERATIONS_HOST');
  });
});

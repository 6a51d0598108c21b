import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const Biome = z.object({
  formatter: z.object({ indentStyle: z.string(), indentWidth: z.number(), lineWidth: z.number() }),
});
const Launch = z.object({
  configurations: z.array(z.object({ runtimeExecutable: z.string(), runtimeArgs: z.array(z.string()) })),
});
const Package = z.object({ scripts: z.record(z.string(), z.string()) });

describe('the settings of editors', () => {
  it('indent and break lines as Biome does', () => {
    const { indentStyle, indentWidth, lineWidth } = Biome.parse(read('biome.json')).formatter;
    const config = readFileSync('.editorconfig', 'utf8');
    expect(config).toContain(`indent_style = ${indentStyle}\n`);
    expect(config).toContain(`indent_size = ${indentWidth}\n`);
    expect(config).toContain(`max_line_length = ${lineWidth}\n`);
    expect(read('.vscode/settings.json')).toMatchObject({ 'editor.rulers': [lineWidth] });
  });

  it('start with F5 what npm starts, on the Node of the project and without a path of one machine', () => {
    const { configurations } = Launch.parse(read('.vscode/launch.json'));
    const { scripts } = Package.parse(read('package.json'));
    expect(configurations[0]?.runtimeArgs).toEqual(['run', 'demo']);
    for (const { runtimeExecutable, runtimeArgs } of configurations) {
      // Both put node_modules/.bin first, where Node 24 is.
      expect(['npm', 'npx']).toContain(runtimeExecutable);
      if (runtimeExecutable === 'npm') expect(scripts).toHaveProperty(runtimeArgs[1] ?? '');
    }
    expect(readFileSync('.vscode/launch.json', 'utf8')).not.toMatch(/"(?:\/|[A-Z]:|~)/);
  });
});

import { projectFile } from '../packaging/project-files.ts';

/** One instruction: its name in capitals, its flags such as `--from=build`, and the rest as it stands. */
export type Instruction = { name: string; flags: Record<string, string>; rest: string; line: number };
export type Stage = { image: string; name: string; instructions: Instruction[] };
export type Dockerfile = { args: Record<string, string>; stages: Stage[] };

/** Reads a Dockerfile into its stages. Throws on what it does not know, so that nothing is passed over. */
export function readDockerfile(text = projectFile('Dockerfile')): Dockerfile {
  const args: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(text)) {
    const { name, rest, line } = instruction;
    if (!KNOWN.has(name)) throw new Error(`Line ${line}: ${name} is not known.`);
    const stage = stages.at(-1);
    if (name === 'FROM') {
      const [, image = '', as = ''] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stages.push({ image: filled(image, args), name: as, instructions: [] });
    } else if (stage) stage.instructions.push(instruction);
    else {
      const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
      args[key] = value;
    }
  }
  return { args, stages };
}

const KNOWN = new Set(
  'ARG FROM WORKDIR COPY RUN LABEL ENV USER VOLUME EXPOSE HEALTHCHECK STOPSIGNAL ENTRYPOINT CMD'.split(' '),
);

function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  let pending = '';
  let begun = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    if (pending === '') begun = index + 1;
    pending += line.replace(/\\$/, '');
    if (line.endsWith('\\')) continue;
    const [, name = '', words = ''] = /^(\S+)\s+(.*)$/.exec(pending.trim()) ?? [];
    const flags = /^(?:--[\w-]+=\S+\s+)*/.exec(words)?.[0] ?? '';
    found.push({
      name,
      flags: Object.fromEntries(
        [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, key, value]) => [key, value]),
      ),
      rest: words.slice(flags.length).trim(),
      line: begun,
    });
    pending = '';
  }
  return found;
}

export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{(\w+)\}/g, (_, name) => values[name] ?? '');

/** The list in an instruction's JSON form. Throws where it is in the form that a shell reads. */
export function wordsOf(rest: string): string[] {
  const list: unknown = JSON.parse(rest);
  if (!Array.isArray(list)) throw new Error(`no list: ${rest}`);
  return list.map(String);
}

/** The values that ENV sets in a stage. */
export const environmentOf = ({ instructions }: Stage): Record<string, string> =>
  Object.fromEntries(
    instructions
      .filter(({ name }) => name === 'ENV')
      .flatMap(({ rest }) =>
        [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
      ),
  );

/** The only instruction of a name in a stage. Throws where there is none, or another one. */
export function onlyOne({ instructions }: Stage, wanted: string): Instruction {
  const [found, ...more] = instructions.filter(({ name }) => name === wanted);
  if (found === undefined || more.length > 0) throw new Error(`There must be one ${wanted}.`);
  return found;
}

/** The stage that becomes the image. */
export function lastStage({ stages }: Dockerfile): Stage {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('The Dockerfile has no stage.');
  return stage;
}

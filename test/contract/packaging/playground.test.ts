import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectFile } from './project-files.ts';

/** The Playground's project file, version 0.1.1, as the schema inside @microsoft/m365agentsplayground has it. */
const Person = z.strictObject({
  id: z.string(),
  name: z.string().max(256),
  userPrincipleName: z.string(),
  aadObjectId: z.guid(),
  givenName: z.string(),
  surname: z.string(),
  email: z.string(),
});
const Playground = z.strictObject({
  version: z.literal('0.1.1'),
  tenantId: z.guid(),
  bot: z.strictObject({ id: z.string(), name: z.string().max(42) }),
  currentUser: Person,
  users: z.array(Person).length(5),
  personalChat: z.strictObject({ id: z.string() }),
  groupChat: z.strictObject({ id: z.string(), name: z.string() }),
  team: z.strictObject({
    id: z.string(),
    name: z.string(),
    aadGroupId: z.guid(),
    channels: z.array(z.strictObject({ id: z.string(), name: z.string() })).max(1),
  }),
});

const project = Playground.parse(parse(projectFile('.m365agentsplayground.yml')));

it('the Playground project has ids that are used once', () => {
  const people = [project.currentUser, ...project.users];
  const chats = [project.personalChat, project.groupChat, project.team, ...project.team.channels];
  for (const ids of [
    people.map((one) => one.id),
    people.map((one) => one.aadObjectId),
    chats.map((one) => one.id),
  ]) {
    expect(new Set(ids).size).toBe(ids.length);
  }
});

it('the Playground project has a channel for the alerts', () => {
  expect(project.team.channels.map((channel) => channel.name)).toEqual(['License alerts']);
});

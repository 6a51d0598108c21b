import { expect, it } from 'vitest';
import { healthServices } from '../../../../src/language/details/health-service.ts';

it.each([
  ['is Exchange down', ['Exchange Online']],
  ['ist Exchange gerade gestört', ['Exchange Online']],
  ['is there an advisory for Teams', ['Microsoft Teams']],
  ['is OneDrive degraded at the moment', ['OneDrive for Business']],
  ['are the admin centers down', ['Microsoft 365 suite']],
  ['incidents at Microsoft', []],
  ['hat MS heute wieder ein Problem', []],
])('%s', (text, services) => {
  expect(healthServices(text)).toEqual(services);
});

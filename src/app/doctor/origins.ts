import type { PartlyConfig } from '../../config/partly.ts';
import { endpointsOf } from '../../microsoft365/clouds.ts';

const NOWHERE = { authority: '', graph: '', managementApi: '' };

/** The addresses of the cloud; empty ones where the settings do not name it. */
export const originsOf = ({ cloud }: Pick<PartlyConfig, 'cloud'>) =>
  cloud.problems.length > 0 ? NOWHERE : endpointsOf(cloud.value);

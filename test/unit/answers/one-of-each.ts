import type { Intent, Query } from '../../../src/language/query.ts';
import { aQuery } from '../../builders/query.ts';

/** What is understood and answered by saying that it is coming. */
const COMING: readonly Intent[] = ['service-issues'];

/** Queries of the intents that no sentence of the list below is read as. */
export const BESIDE_THEM: readonly Query[] = COMING.map((intent) => aQuery({ intent }));

/** One sentence for each of the other intents. */
export const ONE_OF_EACH: readonly string[] = [
  'who changed licenses',
  'what changed this week',
  'licenses of Rick',
  'lost licenses',
  'open incidents',
  'free seats',
  'unused licenses',
  'what expires soon',
  'license cost',
  'license errors',
  'duplicate licenses',
  'licensed guests',
  'who has E3',
  'what did Rick do',
  'audit log of Rick',
  'are the logs complete',
  'status',
  'help',
  'export lost licenses',
  'reassign licenses',
  'assign E3 to Rick',
  'remove E3 from Rick',
  'scan now',
  'post alerts here',
  'mute Rick for 3 days',
  'show the decision log',
  'show standing rules',
  'end rule 2',
  'extend rule 2 until 1 March',
  'keep an eye on Adele',
  'stop keeping an eye on Adele',
  'who are you keeping an eye on',
  'why was nobody alerted about Adele',
  'unsnooze E3',
  'service plans of Adele',
  'move Adele from E3 to Visio',
  'thanks',
  'who may do what here',
  'tell me a joke',
  'who got a license',
  'licenses of everybody',
  'which groups give licenses',
  'who has no license',
];

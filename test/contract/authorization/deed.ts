import type { DecisionKind } from '../../../src/domain/incident/decision.ts';
import type { ConversationKind } from '../../../src/domain/ports.ts';
import type { NeededRole } from '../../../src/teams/middleware/authorize.ts';
import type { Actor } from './cast.ts';
import type { Stage } from './stage.ts';

/** A button: who may press it, and what is stored when somebody may. */
export type Deed = {
  needs: NeededRole;
  /** What comes of it for an operator of a unit in which two of the five users are. */
  scoped: 'allowed' | 'beyond' | 'refused';
  /** Makes everything so that the button does something; what the button sends. */
  prepare(stage: Stage, by: Actor): Promise<object>;
  leaves: readonly DecisionKind[];
  /** Where a press of it decides something; everywhere, if not said. */
  only?: ConversationKind;
};

/** What a press there stores, by somebody who may. */
export const leavesIn = (
  { leaves, only }: Omit<Deed, 'needs'>,
  where: ConversationKind,
): readonly DecisionKind[] => (only === undefined || only === where ? leaves : []);

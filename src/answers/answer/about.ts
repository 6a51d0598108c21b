import type { Details, Exclusion } from '../../language/query.ts';
import type { UnitNamed } from './unit-facts.ts';

/** Who and what something is about, by ids; empty lists: anybody and anything. */
export type About = Readonly<Record<'people' | 'skus' | 'groups', readonly string[]>>;

/**
 * What makes a question about fewer people than there are: all of it must hold of a person. Of `groups` somebody is a
 * member who has a license by one of them, of `units` in one of them; of `together` they hold one of each.
 */
export type Narrowing = Partial<Pick<Details, 'departments' | 'countries' | 'together'>> & {
  people?: string[];
  groups?: string[];
  units?: UnitNamed[];
  except?: Omit<Exclusion, 'said'>;
};

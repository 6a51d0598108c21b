import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { aViewer } from '../../../builders/incident/viewer.ts';

export const times = timesIn('Europe/Amsterdam', 'UTC');
export const T = Date.UTC(2026, 2, 5, 9, 40);
export const render = (fields: Partial<IncidentView> = {}, notice: string | null = null) =>
  incidentCard({
    view: anIncidentView(fields),
    viewer: aViewer('operator'),
    times,
    key: 'incident:7d9a',
    notice,
    refreshFor: ['29:1'],
  });

export const done = {
  reassign: false,
  approve: false,
  snooze: false,
  reopen: false,
  wake: false,
  takeOn: false,
  undo: null,
};

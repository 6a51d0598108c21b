import { bad, type Finding, good, untried } from './finding.ts';

export type TeamsFacts = {
  /** Why nothing could be asked; null where it was. */
  why: string | null;
  /** Channels that the bot knows; null where its database does not tell. */
  channels: number | null;
  /** Whether one of them gets the alerts. */
  hasTarget: boolean;
  /** Why the last card could not be sent there; null where it could. */
  unreachable: string | null;
  connector: {
    serviceUrl: { state: 'answers' | 'refused' | 'silent'; detail: string };
    channel: 'reachable' | 'gone' | 'not-in-team' | 'unknown' | null;
    installed: boolean | null;
  } | null;
};

const INSTALL = {
  fix: 'Add the app to a team: Teams, Apps, Manage your apps, License Watch, Add to a team; or upload the package of npm run package first.',
  commands: [
    'npm run package',
    'npx -p @microsoft/m365agentstoolkit-cli atk install --file-path appPackage/build/appPackage.zip   # then Teams: Add to a team',
  ],
};
const ANOTHER_CHANNEL = {
  fix: 'Write “post alerts in this channel” to the bot in the channel that is to have them.',
  commands: [
    "echo 'In Teams, in the channel that is to have the alerts: @License Watch post alerts in this channel'",
  ],
};

/** Whether Teams can be reached, the app is in a team, and the channel for alerts is there. */
export function teamsFindings(facts: TeamsFacts): Finding[] {
  return [serviceFinding(facts), channelFinding(facts), installedFinding(facts)];
}

function serviceFinding({ why, channels, connector }: TeamsFacts): Finding {
  const check = 'service-url';
  if (channels === null) return untried(check, 'The database does not tell where Teams is.');
  if (channels === 0) return untried(check, 'Teams has not said its address yet: the app is in no team.');
  if (why !== null || connector === null) return untried(check, why ?? 'It was not tried.');
  const { state, detail } = connector.serviceUrl;
  if (state === 'answers') return good(check, detail);
  if (state === 'refused') {
    return bad(check, detail, {
      fix: 'Check that BOT_ID is the client id of the Azure Bot resource, and that its Teams channel is on: az bot show.',
      commands: ['az bot list --query "[].{name:name,app:properties.msaAppId}" --output table'],
    });
  }
  return bad(check, detail, {
    fix: 'Let this machine reach Teams by HTTPS (smba.trafficmanager.net, in government clouds smba.infra.gcc.teams.microsoft.com and its like).',
    commands: ['curl --head https://smba.trafficmanager.net/teams/'],
  });
}

function channelFinding({ why, channels, hasTarget, unreachable, connector }: TeamsFacts): Finding {
  const check = 'channel';
  if (channels === null) return untried(check, 'The database does not tell which channel gets the alerts.');
  if (channels === 0) return untried(check, 'The app is in no team.');
  if (!hasTarget) return bad(check, 'No channel gets the alerts.', ANOTHER_CHANNEL);
  if (why !== null || connector === null) return untried(check, why ?? 'It was not tried.');
  if (connector.serviceUrl.state !== 'answers') return untried(check, 'Teams does not answer.');
  switch (connector.channel) {
    case 'reachable':
      return good(check, 'The channel for alerts is there.');
    case 'gone':
      return bad(check, 'The channel for alerts has been deleted.', ANOTHER_CHANNEL);
    case 'not-in-team':
      return untried(check, 'The app is not in the team of the channel for alerts any more.');
    case 'unknown':
    case null:
      return unreachable === null
        ? untried(check, 'Teams does not tell whether the channel is there.')
        : bad(check, `The last card could not be sent there: ${unreachable}`, ANOTHER_CHANNEL);
  }
}

function installedFinding({ why, channels, connector }: TeamsFacts): Finding {
  const check = 'app-installed';
  if (channels === null) return untried(check, 'The database does not tell in which teams the app is.');
  if (channels === 0) return bad(check, 'The app is in no team.', INSTALL);
  if (why !== null || connector === null) return untried(check, why ?? 'It was not tried.');
  if (connector.serviceUrl.state !== 'answers') return untried(check, 'Teams does not answer.');
  if (connector.installed === false || connector.channel === 'not-in-team') {
    return bad(check, 'The app has been taken out of its team.', INSTALL);
  }
  return good(check, 'The app is in a team.');
}

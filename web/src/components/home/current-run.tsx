import { IconRepeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import { playlistsQuery, runsQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { EmptyNote } from '../../ui/empty-note';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { ButtonLink } from '../links';
import { Loaded } from '../loaded';
import { RunCard } from '../runs/run-card';
import { isActive } from '../runs/run-words';
import { useLinkStanding } from '../use-link-standing';

const words = texts.home;

/** The run that is going on, or the next step towards one. */
export function CurrentRun() {
  const runs = useQuery(runsQuery());
  const active = runs.data?.items.find(isActive);
  if (active) {
    return <RunCard run={active} />;
  }
  return (
    <Panel title={words.runTitle}>
      <Loaded query={runs} skeleton={<LineSkeletons count={4} label={texts.common.loading} />}>
        {() => <NoRun />}
      </Loaded>
    </Panel>
  );
}

function NoRun() {
  const standing = useLinkStanding();
  const { data: playlists } = useQuery(playlistsQuery());
  const note = { icon: <IconRepeat />, title: words.noRunTitle };
  if (standing === 'not-linked') {
    return (
      <EmptyNote
        {...note}
        text={words.noRunNotLinkedText}
        action={<ButtonLink to={paths.lastfm}>{texts.runs.toLastfm}</ButtonLink>}
      />
    );
  }
  if (playlists?.total === 0) {
    return (
      <EmptyNote
        {...note}
        text={words.noRunNoPlaylistText}
        action={<ButtonLink to={paths.playlistImport}>{texts.playlists.import}</ButtonLink>}
      />
    );
  }
  return (
    <EmptyNote
      {...note}
      text={words.noRunText}
      action={<ButtonLink to={paths.autoScrobble}>{words.start}</ButtonLink>}
    />
  );
}

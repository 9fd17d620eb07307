import { Stack } from '@mantine/core';
import { IconBrandLastfm, IconPlaylist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { playlistChoicesQuery, runsQuery } from '../api/queries';
import { BudgetPanel } from '../components/budget/budget-panel';
import { ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { PastRuns } from '../components/runs/past-runs';
import { RunCard } from '../components/runs/run-card';
import { isActive } from '../components/runs/run-words';
import { StartForm } from '../components/runs/start-form';
import { useLinkStanding } from '../components/use-link-standing';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.runs;
const OBSTACLES = {
  'not-linked': { title: words.notLinkedTitle, text: words.notLinkedText },
  rejected: { title: words.rejectedTitle, text: words.rejectedText },
  disabled: { title: words.disabledTitle, text: words.disabledText },
};

export function AutoScrobblePage() {
  const { page = 1, playlist } = useSearch({ from: '/member/auto-scrobble' });
  const navigate = useNavigate({ from: paths.autoScrobble });
  const newest = useQuery(runsQuery());
  return (
    <>
      <PageHeader title={words.title} tabTitle={texts.common.pageTitle(words.title)} lead={words.lead} />
      <Stack>
        <Loaded query={newest} skeleton={<LineSkeletons count={6} label={texts.common.loading} />}>
          {({ items }) => {
            const active = items.find(isActive);
            return active ? (
              <>
                <RunCard run={active} />
                <BudgetPanel />
              </>
            ) : (
              <Start key={playlist} preselected={playlist} />
            );
          }}
        </Loaded>
        <PastRuns
          page={page}
          onPage={(next) => void navigate({ search: { ...(playlist && { playlist }), page: next } })}
        />
      </Stack>
    </>
  );
}

/** The form, or what has to be done before there can be one. */
function Start({ preselected }: { preselected: string | undefined }) {
  const standing = useLinkStanding();
  const playlists = useQuery(playlistChoicesQuery);
  if (standing === 'not-linked' || standing === 'rejected' || standing === 'disabled') {
    return (
      <Panel title={words.startTitle}>
        <EmptyNote
          icon={<IconBrandLastfm />}
          {...OBSTACLES[standing]}
          action={<ButtonLink to={paths.lastfm}>{words.toLastfm}</ButtonLink>}
        />
      </Panel>
    );
  }
  return (
    <Loaded query={playlists} skeleton={<LineSkeletons count={6} label={texts.common.loading} />}>
      {({ items }) =>
        items.length > 0 ? (
          <StartForm playlists={items} preselected={preselected} />
        ) : (
          <Panel title={words.startTitle}>
            <EmptyNote
              icon={<IconPlaylist />}
              title={words.noPlaylistTitle}
              text={words.noPlaylistText}
              action={<ButtonLink to={paths.playlistImport}>{texts.playlists.import}</ButtonLink>}
            />
          </Panel>
        )
      }
    </Loaded>
  );
}

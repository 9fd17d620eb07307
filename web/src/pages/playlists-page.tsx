import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlaylist, IconSearch, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { PLAYLISTS_PAGE_SIZE, playlistsQuery } from '../api/queries';
import { ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { Paged } from '../components/paged';
import { PlaylistTable } from '../components/playlists/playlist-table';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.playlists;
const TYPING_PAUSE_MS = 300;

export function PlaylistsPage() {
  const search = useSearch({ from: '/member/playlists' });
  const navigate = useNavigate({ from: paths.playlists });
  const playlists = useQuery(playlistsQuery(search));
  const goTo = (next: { page?: number; q?: string }) => void navigate({ search: next, replace: true });
  const find = useDebouncedCallback((q: string) => {
    goTo(q === '' ? {} : { q });
  }, TYPING_PAUSE_MS);
  return (
    <>
      <PageHeader
        title={words.title}
        tabTitle={texts.common.pageTitle(words.title)}
        lead={words.lead}
        actions={<ImportLink />}
      />
      <Panel
        title={words.title}
        aside={
          <TextInput
            type="search"
            size="sm"
            aria-label={words.search}
            placeholder={words.search}
            leftSection={<IconSearch size={16} aria-hidden />}
            defaultValue={search.q ?? ''}
            key={search.q === undefined ? 'all' : 'found'}
            onChange={(event) => {
              find(event.currentTarget.value.trim());
            }}
          />
        }
      >
        <Loaded query={playlists} skeleton={<LineSkeletons count={6} label={texts.common.loading} />}>
          {({ items, total }) =>
            total === 0 ? (
              <Nothing
                q={search.q}
                onClear={() => {
                  goTo({});
                }}
              />
            ) : (
              <>
                <PlaylistTable items={items} isStale={playlists.isPlaceholderData} />
                <Paged
                  page={search.page ?? 1}
                  pageSize={PLAYLISTS_PAGE_SIZE}
                  total={total}
                  onChange={(page) => {
                    goTo({ ...search, page });
                  }}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function ImportLink() {
  return (
    <ButtonLink to={paths.playlistImport} leftSection={<IconUpload size={18} aria-hidden />}>
      {words.import}
    </ButtonLink>
  );
}

function Nothing({ q, onClear }: { q: string | undefined; onClear: () => void }) {
  if (q === undefined) {
    return (
      <EmptyNote icon={<IconPlaylist />} title={words.emptyTitle} text={words.emptyText} action={<ImportLink />} />
    );
  }
  return (
    <EmptyNote
      icon={<IconSearch />}
      title={words.noMatchTitle}
      text={words.noMatchText}
      action={
        <Button variant="default" onClick={onClear}>
          {words.clearSearch}
        </Button>
      }
    />
  );
}

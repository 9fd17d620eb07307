import { Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { HeardTracks } from '../components/rooms/heard-tracks';
import { RoomChoices } from '../components/rooms/room-choices';
import { Tonight } from '../components/rooms/tonight';
import { paths } from '../paths';
import { texts } from '../texts';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.rooms;

/** Voice channels: why something was scrobbled or not, and where from it may be. */
export function RoomsPage() {
  const { page = 1 } = useSearch({ from: '/member/rooms' });
  const navigate = useNavigate({ from: paths.rooms });
  return (
    <>
      <PageHeader title={words.title} tabTitle={texts.common.pageTitle(words.title)} lead={words.lead} />
      <Stack>
        <Panel title={words.decisionsTitle}>
          <HeardTracks page={page} onPage={(next) => void navigate({ search: { page: next } })} />
        </Panel>
        <Panel title={words.roomsTitle} lead={words.roomsLead}>
          <RoomChoices />
        </Panel>
        <Panel title={words.tonightTitle}>
          <Tonight />
        </Panel>
      </Stack>
    </>
  );
}

import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMicrophone2 } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';

import { chooseRoom } from '../../api/actions';
import type { Room, RoomConsent } from '../../api/models';
import { roomConsentsQuery, roomsQuery } from '../../api/room-queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { EmptyNote } from '../../ui/empty-note';
import { LineSkeletons } from '../../ui/line-skeletons';
import { ButtonLink } from '../links';
import { Loaded } from '../loaded';
import { RoomRecap } from './room-recap';

const words = texts.rooms;

/** A switch for each server in which someone was, and for each of its channels; with a recap of it. */
export function RoomChoices() {
  const rooms = useQuery(roomsQuery);
  const consents = useQuery(roomConsentsQuery);
  return (
    <Loaded query={rooms} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyNote
            icon={<IconMicrophone2 />}
            title={words.noRoomsTitle}
            text={words.noRoomsText}
            action={
              <ButtonLink to={paths.settingsSection} params={{ section: 'security' }} variant="default">
                {words.connect}
              </ButtonLink>
            }
          />
        ) : (
          <Stack gap="lg">
            {items.map((room) => (
              <RoomChoice key={room.guildId} room={room} consents={consents.data?.items ?? []} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function RoomChoice({ room, consents }: { room: Room; consents: readonly RoomConsent[] }) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const { guildId, channels } = room;
  const name = room.guildName ?? words.unnamedServer(guildId);
  const choiceOf = (channelId: string | null): boolean | undefined =>
    consents.find((consent) => consent.guildId === guildId && consent.channelId === channelId)?.isAllowed;
  const isServerAllowed = choiceOf(null) ?? true;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <PlaceSwitch guildId={guildId} channelId={null} name={name} isAllowed={isServerAllowed} />
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={toggle}>
          {isOpen ? words.hideRecap : words.recap}
        </Button>
      </Group>
      <Stack gap="xs" mt="xs" ml="lg">
        {channels.map(({ channelId, channelName }) => (
          <PlaceSwitch
            key={channelId}
            guildId={guildId}
            channelId={channelId}
            name={channelName ?? words.unnamedChannel(channelId)}
            isAllowed={choiceOf(channelId) ?? isServerAllowed}
            hint={choiceOf(channelId) === undefined ? words.likeServer : words.ownChoice}
          />
        ))}
      </Stack>
      {isOpen && <RoomRecap guildId={guildId} name={name} />}
    </div>
  );
}

interface PlaceProps {
  guildId: string;
  channelId: string | null;
  name: string;
  isAllowed: boolean;
  hint?: string;
}

function PlaceSwitch({ guildId, channelId, name, isAllowed, hint }: PlaceProps) {
  const choice = useMutation({
    mutationFn: (isWanted: boolean) => chooseRoom({ guildId, channelId, isAllowed: isWanted }),
    scope: { id: `room-${guildId}-${channelId ?? ''}` },
  });
  return (
    <Switch
      label={<Text component="span">{name}</Text>}
      aria-label={words.scrobbleFrom(name)}
      description={hint}
      checked={choice.isPending ? choice.variables : isAllowed}
      onChange={(event) => {
        choice.mutate(event.currentTarget.checked);
      }}
    />
  );
}

import { Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { pauseRoomsTonight, resumeRooms } from '../../api/actions';
import { roomConsentsQuery } from '../../api/room-queries';
import { texts } from '../../texts';
import { formatMoment } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Loaded } from '../loaded';

const words = texts.rooms;

export function Tonight() {
  const consents = useQuery(roomConsentsQuery);
  const choice = useMutation({
    mutationFn: async (isPaused: boolean): Promise<void> => {
      await (isPaused ? pauseRoomsTonight() : resumeRooms());
    },
    scope: { id: 'rooms-tonight' },
  });
  return (
    <Loaded query={consents} skeleton={<LineSkeletons count={1} label={texts.common.loading} />}>
      {({ pausedUntil }) => (
        <Switch
          label={words.notTonight}
          description={pausedUntil === null ? words.notTonightHint : words.pausedUntil(formatMoment(pausedUntil))}
          checked={choice.isPending ? choice.variables : pausedUntil !== null}
          onChange={(event) => {
            choice.mutate(event.currentTarget.checked);
          }}
        />
      )}
    </Loaded>
  );
}

import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { duplicatesQuery } from '../../api/queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Loaded } from '../loaded';

const words = texts.playlistEditor;
const MOST_GROUPS = 100;
const MOST_PLACES = 6;

interface Props {
  playlist: { id: string; version: number };
  isBusy: boolean;
  onRemove: () => void;
}

/** Tracks that are in the playlist more than once, and the way to keep one of each. */
export function DuplicatesList({ playlist, isBusy, onRemove }: Props) {
  const duplicates = useQuery(duplicatesQuery(playlist));
  return (
    <Loaded query={duplicates} skeleton={<LineSkeletons count={3} label={texts.common.loading} />}>
      {({ items, total, surplus }) =>
        total === 0 ? (
          <Text>{words.noDuplicates}</Text>
        ) : (
          <Stack>
            <Text size="sm" c="dimmed">
              {words.duplicatesLead}
            </Text>
            <List spacing="xs" listStyleType="none">
              {items.slice(0, MOST_GROUPS).map(({ artist, title, positions }) => (
                <List.Item key={positions[0]}>
                  <Text span fw={600}>
                    {title}
                  </Text>{' '}
                  <Text span>{artist}</Text>{' '}
                  <Text span size="sm" c="dimmed">
                    {words.atPlaces(placesIn(positions))}
                  </Text>
                </List.Item>
              ))}
            </List>
            {total > MOST_GROUPS && <Text size="sm">{words.moreGroups(total - MOST_GROUPS)}</Text>}
            <Group justify="flex-end">
              <Button loading={isBusy} onClick={onRemove}>
                {words.removeDuplicates(surplus)}
              </Button>
            </Group>
          </Stack>
        )
      }
    </Loaded>
  );
}

function placesIn(positions: readonly number[]): string {
  const named = positions
    .slice(0, MOST_PLACES)
    .map((position) => texts.common.number(position + 1))
    .join(', ');
  return positions.length > MOST_PLACES ? `${named} …` : named;
}

import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import type { Scrobble } from '../../api/models';
import { latestScrobblesQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { EmptyNote } from '../../ui/empty-note';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { RelativeTime } from '../../ui/relative-time';
import { StatusLabel } from '../../ui/status-label';
import { TextLink } from '../links';
import { Loaded } from '../loaded';
import { standingOf } from '../scrobbles/scrobble-words';
import classes from '../scrobbles/scrobbles.module.css';

const words = texts.home;

export function LatestScrobbles() {
  const latest = useQuery(latestScrobblesQuery);
  return (
    <Panel
      title={words.latestTitle}
      aside={
        <TextLink to={paths.history} size="sm">
          {words.latestAll}
        </TextLink>
      }
    >
      <Loaded query={latest} skeleton={<LineSkeletons count={6} label={texts.common.loading} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote icon={<IconHistory />} title={words.latestEmptyTitle} text={words.latestEmptyText} />
          ) : (
            <ul className={classes.latest} aria-label={words.latestTitle}>
              {items.map((scrobble) => (
                <Line key={scrobble.id} scrobble={scrobble} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Line({ scrobble }: { scrobble: Scrobble }) {
  const { title, artist, playedAt } = scrobble;
  const { tone, label } = standingOf(scrobble);
  return (
    <li>
      <div className={classes.track}>
        <Text fw={600} lh={1.3}>
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {artist}
        </Text>
      </div>
      <div className={classes.fate}>
        <StatusLabel tone={tone}>{label}</StatusLabel>
        <Text size="sm" c="dimmed" component="div">
          <RelativeTime moment={playedAt} justNow={texts.common.justNow} />
        </Text>
      </div>
    </li>
  );
}

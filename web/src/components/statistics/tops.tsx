import { useQuery } from '@tanstack/react-query';

import {
  type StatisticsPeriod,
  TOP_SHOWN,
  topAlbumsQuery,
  topArtistsQuery,
  topTracksQuery,
} from '../../api/statistics-queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { Loaded } from '../loaded';
import { Ranking } from './ranking';

const words = texts.statistics;

interface Props {
  period: StatisticsPeriod;
  shown?: number;
}

const skeleton = <LineSkeletons count={TOP_SHOWN} label={texts.common.loading} />;

export function TopArtists({ period, shown = TOP_SHOWN }: Props) {
  const top = useQuery(topArtistsQuery(period));
  return (
    <Panel title={words.topArtists}>
      <Loaded query={top} skeleton={skeleton}>
        {({ items }) => <Ranking items={items.slice(0, shown).map(({ artist, plays }) => ({ name: artist, plays }))} />}
      </Loaded>
    </Panel>
  );
}

export function TopTracks({ period, shown = TOP_SHOWN }: Props) {
  const top = useQuery(topTracksQuery(period));
  return (
    <Panel title={words.topTracks}>
      <Loaded query={top} skeleton={skeleton}>
        {({ items }) => (
          <Ranking
            items={items.slice(0, shown).map(({ artist, title, plays }) => ({ name: title, by: artist, plays }))}
          />
        )}
      </Loaded>
    </Panel>
  );
}

export function TopAlbums({ period, shown = TOP_SHOWN }: Props) {
  const top = useQuery(topAlbumsQuery(period));
  return (
    <Panel title={words.topAlbums}>
      <Loaded query={top} skeleton={skeleton}>
        {({ items }) => (
          <Ranking
            items={items.slice(0, shown).map(({ artist, album, plays }) => ({ name: album, by: artist, plays }))}
          />
        )}
      </Loaded>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';

import type { StatisticsSummary } from '../../api/models';
import { streaksQuery } from '../../api/statistics-queries';
import { texts } from '../../texts';
import { FactList } from '../../ui/fact-list';
import { Panel } from '../../ui/panel';

const words = texts.statistics;
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

export function InShort({ summary }: { summary: StatisticsSummary }) {
  const { plays, artists, tracks, albums, activeDays, deliverySuccess } = summary;
  const { data: streaks } = useQuery(streaksQuery);
  const number = texts.common.number;
  return (
    <Panel title={words.inShort}>
      <FactList
        facts={[
          { label: words.plays, value: number(plays) },
          { label: words.artists, value: number(artists) },
          { label: words.tracks, value: number(tracks) },
          { label: words.albums, value: number(albums) },
          { label: words.activeDays, value: number(activeDays) },
          { label: words.perActiveDay, value: number(Math.round(plays / Math.max(1, activeDays))) },
          ...(streaks
            ? [
                { label: words.currentStreak, value: number(streaks.current?.days ?? 0) },
                { label: words.longestStreak, value: number(streaks.longest?.days ?? 0) },
              ]
            : []),
          ...(deliverySuccess === null
            ? []
            : [{ label: words.delivered, value: percent.format(deliverySuccess), hint: words.deliveredHint }]),
        ]}
      />
    </Panel>
  );
}

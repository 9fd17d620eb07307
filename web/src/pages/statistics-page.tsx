import { SegmentedControl } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { meQuery } from '../api/queries';
import { summaryQuery } from '../api/statistics-queries';
import { TextLink, ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { InShort } from '../components/statistics/in-short';
import { ListeningClock } from '../components/statistics/listening-clock';
import { Origins } from '../components/statistics/origins';
import { PerDay } from '../components/statistics/per-day';
import { periodFrom, type StatisticsSpan } from '../components/statistics/period';
import classes from '../components/statistics/statistics.module.css';
import { TopAlbums, TopArtists, TopTracks } from '../components/statistics/tops';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.statistics;

export function StatisticsPage() {
  const { period: span = '30' } = useSearch({ from: '/member/statistics' });
  const { data: me } = useQuery(meQuery);
  const timeZone = me?.timeZone ?? 'UTC';
  const period = periodFrom(span, timeZone);
  const summary = useQuery(summaryQuery(period));
  const hasPlays = summary.data !== undefined && (summary.data.plays > 0 || span !== 'all');
  return (
    <>
      <PageHeader
        title={words.title}
        tabTitle={texts.common.pageTitle(words.title)}
        lead={
          <>
            {words.lead(timeZone)}
            <TextLink to={paths.settings}>{words.changeZone}</TextLink>.
          </>
        }
        actions={<Spans span={span} />}
      />
      <Loaded query={summary} skeleton={<LineSkeletons count={8} label={texts.common.loading} />}>
        {(found) =>
          hasPlays ? (
            <div className={classes.sections} data-stale={summary.isPlaceholderData || undefined}>
              <InShort summary={found} />
              <Panel title={words.plays}>
                <PerDay period={span === 'all' ? { from: found.firstDay ?? undefined } : period} />
              </Panel>
              <div className={classes.columns}>
                <TopArtists period={period} />
                <TopTracks period={period} />
                <TopAlbums period={period} />
              </div>
              <ListeningClock period={period} />
              <Origins summary={found} />
            </div>
          ) : (
            <Nothing />
          )
        }
      </Loaded>
    </>
  );
}

function Spans({ span }: { span: StatisticsSpan }) {
  const navigate = useNavigate({ from: paths.statistics });
  return (
    <div className={classes.periods}>
      <SegmentedControl
        aria-label={words.period}
        value={span}
        data={(Object.entries(words.periods) as Array<[StatisticsSpan, string]>).map(([value, label]) => ({
          value,
          label,
        }))}
        onChange={(next) => void navigate({ search: { period: next }, replace: true })}
      />
    </div>
  );
}

function Nothing() {
  return (
    <Panel title={words.inShort}>
      <EmptyNote
        icon={<IconChartBar />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={<ButtonLink to={paths.historyImports}>{words.bring}</ButtonLink>}
      />
    </Panel>
  );
}

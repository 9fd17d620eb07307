import { useQuery } from '@tanstack/react-query';

import { perDayQuery } from '../../api/statistics-queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { TextLink } from '../links';
import { PerDay } from './per-day';
import classes from './statistics.module.css';
import { TopArtists, TopTracks } from './tops';

const words = texts.statistics;
const SHOWN = 5;

/** What was scrobbled in the last 30 days; nothing while there is nothing. */
export function LastDays() {
  const { data: perDay } = useQuery(perDayQuery({}));
  if (!perDay?.items.some(({ plays }) => plays > 0)) {
    return null;
  }
  const period = { from: perDay.from };
  return (
    <div className={classes.sections}>
      <Panel title={words.lastDays} aside={<TextLink to={paths.statistics}>{words.more}</TextLink>}>
        <PerDay period={{}} />
      </Panel>
      <div className={classes.columns}>
        <TopArtists period={period} shown={SHOWN} />
        <TopTracks period={period} shown={SHOWN} />
      </div>
    </div>
  );
}

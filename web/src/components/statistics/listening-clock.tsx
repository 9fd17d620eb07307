import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { clockQuery, type StatisticsPeriod } from '../../api/statistics-queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { Loaded } from '../loaded';
import classes from './listening-clock.module.css';

const words = texts.statistics;
const LEVELS = 4;
/** The head of every sixth hour; the others would not find room. */
const HOURS_IN_A_GROUP = 6;

interface Hour {
  weekday: number;
  hour: number;
  plays: number;
}

export function ListeningClock({ period }: { period: StatisticsPeriod }) {
  const clock = useQuery(clockQuery(period));
  return (
    <Panel title={words.clock} lead={words.clockLead}>
      <Loaded query={clock} skeleton={<LineSkeletons count={7} label={texts.common.loading} />}>
        {({ items }) => <Week hours={items} />}
      </Loaded>
    </Panel>
  );
}

function Week({ hours }: { hours: readonly Hour[] }) {
  const most = Math.max(1, ...hours.map(({ plays }) => plays));
  return (
    <table className={classes.clock} aria-label={words.clock}>
      <thead>
        <tr>
          <td className={classes.corner} />
          {[0, 6, 12, 18].map((hour) => (
            <th key={hour} scope="colgroup" colSpan={HOURS_IN_A_GROUP}>
              {hour}:00
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {words.weekdays.map((weekday, index) => (
          <tr key={weekday}>
            <th scope="row" abbr={weekday}>
              {weekday.slice(0, 3)}
            </th>
            {hours
              .filter((each) => each.weekday === index + 1)
              .map(({ hour, plays }) => (
                <td
                  key={hour}
                  className={classes.hour}
                  data-level={Math.ceil((plays / most) * LEVELS)}
                  title={words.clockCell(weekday, hour, plays)}
                >
                  <VisuallyHidden>{plays}</VisuallyHidden>
                </td>
              ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

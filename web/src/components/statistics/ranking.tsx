import { Text } from '@mantine/core';

import { texts } from '../../texts';
import { Meter } from '../../ui/meter';
import classes from './ranking.module.css';

export interface RankedItem {
  name: string;
  /** Whose it is. */
  by?: string;
  plays: number;
}

/** The most played first, each with a bar as long as its share of the first. */
export function Ranking({ items }: { items: readonly RankedItem[] }) {
  const most = Math.max(1, ...items.map(({ plays }) => plays));
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {texts.statistics.noTop}
      </Text>
    );
  }
  return (
    <ol className={classes.list}>
      {items.map(({ name, by, plays }) => (
        <li key={`${by ?? ''}\n${name}`}>
          <div className={classes.line}>
            <span className={classes.name} title={by === undefined ? name : `${name}, ${by}`}>
              {name}
              {by !== undefined && <small> {by}</small>}
            </span>
            <span className={classes.plays}>{texts.statistics.playCount(plays)}</span>
          </div>
          <Meter value={plays} max={most} label={`${name}: ${texts.statistics.playCount(plays)}`} />
        </li>
      ))}
    </ol>
  );
}

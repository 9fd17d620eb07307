import type { StatisticsSummary } from '../../api/models';
import { texts } from '../../texts';
import { Panel } from '../../ui/panel';
import { Ranking } from './ranking';
import classes from './statistics.module.css';

const words = texts.statistics;

/** Where plays came from, who chose them, and what became of them. */
export function Origins({ summary: { sources, provenances, deliveries } }: { summary: StatisticsSummary }) {
  return (
    <div className={classes.columns}>
      <Panel title={words.sources}>
        <Ranking items={sources.map(({ source, plays }) => ({ name: texts.scrobble.sources[source], plays }))} />
      </Panel>
      <Panel title={words.provenances}>
        <Ranking
          items={provenances.map(({ provenance, plays }) => ({ name: words.provenanceWords[provenance], plays }))}
        />
      </Panel>
      <Panel title={words.outcomes}>
        <Ranking
          items={deliveries.map(({ outcome, count }) => ({ name: words.outcomeWords[outcome], plays: count }))}
        />
      </Panel>
    </div>
  );
}

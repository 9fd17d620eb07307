import { useQuery } from '@tanstack/react-query';

import { meQuery } from '../api/queries';
import { BudgetPanel } from '../components/budget/budget-panel';
import { CurrentRun } from '../components/home/current-run';
import { LastfmPanel } from '../components/home/lastfm-panel';
import { LatestScrobbles } from '../components/home/latest-scrobbles';
import { QuickScrobble } from '../components/home/quick-scrobble';
import { texts } from '../texts';
import { PageHeader } from '../ui/page-header';
import classes from './home-page.module.css';

const words = texts.home;

export function HomePage() {
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <PageHeader title={words.hello(me?.displayName ?? '')} tabTitle={texts.common.pageTitle(words.title)} />
      <div className={classes.grid}>
        <div className={classes.column}>
          <CurrentRun />
          <BudgetPanel />
          <LatestScrobbles />
        </div>
        <div className={classes.column}>
          <LastfmPanel />
          <QuickScrobble />
        </div>
      </div>
    </>
  );
}

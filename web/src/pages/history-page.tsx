import { Button } from '@mantine/core';
import { IconFileImport, IconHistory, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { HISTORY_PAGE_SIZE, type HistoryFilter, historyQuery } from '../api/queries';
import { ButtonLink } from '../components/links';
import { Loaded } from '../components/loaded';
import { Paged } from '../components/paged';
import { HistoryFilters } from '../components/scrobbles/history-filters';
import { RetryAll } from '../components/scrobbles/retry-all';
import { ScrobbleTable } from '../components/scrobbles/scrobble-table';
import { paths } from '../paths';
import { texts } from '../texts';
import { EmptyNote } from '../ui/empty-note';
import { LineSkeletons } from '../ui/line-skeletons';
import { PageHeader } from '../ui/page-header';
import { Panel } from '../ui/panel';

const words = texts.history;

export function HistoryPage() {
  const filter = useSearch({ from: '/member/history' });
  const navigate = useNavigate({ from: paths.history });
  const scrobbles = useQuery(historyQuery(filter));
  const page = filter.page ?? 1;
  const goTo = (search: HistoryFilter, replace: boolean) => void navigate({ search, replace, resetScroll: !replace });
  const clear = () => {
    goTo({}, true);
  };
  return (
    <>
      <PageHeader
        title={words.title}
        tabTitle={texts.common.pageTitle(words.title)}
        lead={words.lead}
        actions={
          <>
            <ButtonLink
              to={paths.historyImports}
              variant="default"
              leftSection={<IconFileImport size={18} aria-hidden />}
            >
              {words.bring}
            </ButtonLink>
            <RetryAll filter={filter} />
          </>
        }
      />
      <Panel title={words.listTitle}>
        <HistoryFilters
          filter={filter}
          onChange={(next) => {
            goTo(next, true);
          }}
          onClear={clear}
        />
        <Loaded query={scrobbles} skeleton={<LineSkeletons count={9} label={texts.common.loading} />}>
          {({ items, total }) =>
            items.length === 0 ? (
              <Nothing filter={filter} isPastEnd={total > 0} onClear={clear} />
            ) : (
              <>
                <ScrobbleTable items={items} isStale={scrobbles.isPlaceholderData} />
                <Paged
                  page={page}
                  pageSize={HISTORY_PAGE_SIZE}
                  total={total}
                  onChange={(next) => {
                    goTo({ ...filter, page: next }, false);
                  }}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

interface NothingProps {
  filter: HistoryFilter;
  isPastEnd: boolean;
  onClear: () => void;
}

function Nothing({ filter, isPastEnd, onClear }: NothingProps) {
  if (isPastEnd) {
    return (
      <EmptyNote
        icon={<IconHistory />}
        title={words.noMatchTitle}
        text={words.pastEnd}
        action={
          <ButtonLink to={paths.history} search={{ ...filter, page: undefined }} variant="default">
            {words.firstPage}
          </ButtonLink>
        }
      />
    );
  }
  if (Object.keys(filter).length > 0) {
    return (
      <EmptyNote
        icon={<IconSearch />}
        title={words.noMatchTitle}
        text={words.noMatchText}
        action={
          <Button variant="default" onClick={onClear}>
            {words.clear}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyNote
      icon={<IconHistory />}
      title={words.emptyTitle}
      text={words.emptyText}
      action={<ButtonLink to={paths.autoScrobble}>{texts.home.start}</ButtonLink>}
    />
  );
}

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { SecurityEvent } from '../../api/models';
import { SECURITY_EVENTS_PAGE_SIZE, securityEventsQuery } from '../../api/queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { RelativeTime } from '../../ui/relative-time';
import { Loaded } from '../loaded';
import { Paged } from '../paged';
import classes from './settings.module.css';

const words = texts.settings.securityEvents;
const SENTENCES: Readonly<Record<SecurityEvent['action'], string>> = words.actions;

/** What happened to the safety of the account: enough to notice what one did not do oneself. */
export function SecurityEventsPanel() {
  const [page, setPage] = useState(1);
  const events = useQuery(securityEventsQuery(page));
  return (
    <Panel title={words.title} lead={words.lead}>
      <Loaded query={events} skeleton={<LineSkeletons count={5} label={texts.common.loading} />}>
        {({ items, total }) => (
          <>
            <ul className={classes.rows} aria-label={words.title}>
              {items.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
            {total > SECURITY_EVENTS_PAGE_SIZE && (
              <Paged page={page} pageSize={SECURITY_EVENTS_PAGE_SIZE} total={total} onChange={setPage} />
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function EventRow({ event: { action, occurredAt, network, device, details } }: { event: SecurityEvent }) {
  const named = [details['name'], details['username']].find((name) => name !== undefined);
  const where = [device, network !== null && words.from(network)].filter((part) => part !== null && part !== false);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text size="sm" fw={500}>
          {SENTENCES[action]}
          {named !== undefined && `: ${named}`}
        </Text>
        <Text size="sm" c="dimmed">
          {where.join(', ')}
        </Text>
      </div>
      <Text size="sm" c="dimmed" component="div">
        <RelativeTime moment={occurredAt} justNow={texts.common.justNow} />
      </Text>
    </li>
  );
}

import { ActionIcon, Button, Group, Popover, Text } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';

import { markNotificationsRead } from '../../api/actions';
import type { Notification } from '../../api/models';
import { notificationsQuery } from '../../api/queries';
import { texts } from '../../texts';
import { LineSkeletons } from '../../ui/line-skeletons';
import { RelativeTime } from '../../ui/relative-time';
import { Loaded } from '../loaded';
import classes from './shell.module.css';

export function NotificationBell() {
  const notifications = useQuery(notificationsQuery);
  const markRead = useMutation({ mutationFn: markNotificationsRead });
  const unread = notifications.data?.items.filter(({ readAt }) => readAt === null).length ?? 0;
  const label = unread === 0 ? texts.shell.notifications : texts.shell.notificationsUnread(unread);
  return (
    <Popover position="bottom-end" width={320} withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size="lg" aria-label={label} className={classes.bell}>
          <IconBell size={20} stroke={1.75} aria-hidden />
          {unread > 0 && (
            <span className={classes.count} aria-hidden>
              {unread}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.shell.notifications}>
        <Group justify="space-between" mb="sm" wrap="nowrap">
          <Text fw={600}>{texts.shell.notifications}</Text>
          {unread > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={markRead.isPending}
              onClick={() => {
                markRead.mutate();
              }}
            >
              {texts.shell.markRead}
            </Button>
          )}
        </Group>
        <Loaded query={notifications} skeleton={<LineSkeletons count={2} label={texts.common.loading} />}>
          {({ items }) => <News items={items} />}
        </Loaded>
      </Popover.Dropdown>
    </Popover>
  );
}

function News({ items }: { items: readonly Notification[] }) {
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {texts.shell.noNotifications}
      </Text>
    );
  }
  return (
    <ul className={classes.news}>
      {items.map(({ id, text, createdAt, readAt }) => (
        <li key={id} data-unread={readAt === null || undefined}>
          <Text size="sm">{text}</Text>
          <Text size="xs" c="dimmed" component="div">
            <RelativeTime moment={createdAt} justNow={texts.common.justNow} />
            {readAt === null && ` · ${texts.shell.unread}`}
          </Text>
        </li>
      ))}
    </ul>
  );
}

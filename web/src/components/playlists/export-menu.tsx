import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';

import { texts } from '../../texts';

const words = texts.playlistPage;

/** Downloads: the server names the file. */
export function ExportMenu({ playlistId }: { playlistId: string }) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {words.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {words.exportFormats.map(({ format, name }) => (
          <Menu.Item key={format} component="a" href={`/api/playlists/${playlistId}/export?format=${format}`} download>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

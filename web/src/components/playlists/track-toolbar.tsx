import { Button, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowsSort, IconClipboardText, IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';

import { texts } from '../../texts';
import classes from './track-list.module.css';

const words = texts.playlistEditor;

interface Props {
  selectedCount: number;
  isBusy: boolean;
  canUndo: boolean;
  onAdd: () => void;
  onPaste: () => void;
  onDuplicates: () => void;
  onUndo: () => void;
  onPlace: () => void;
  onRemove: () => void;
  onClear: () => void;
}

/** What can be done with the tracks; with those that are selected, as soon as some are. */
export function TrackToolbar(props: Props) {
  const { selectedCount } = props;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={words.toolbar}>
      {selectedCount > 0 ? <WithSelected {...props} /> : <WithAll {...props} />}
    </div>
  );
}

function WithAll({ isBusy, canUndo, onAdd, onPaste, onDuplicates, onUndo }: Props) {
  return (
    <>
      <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} disabled={isBusy} onClick={onAdd}>
        {words.add}
      </Button>
      <Button {...quiet} leftSection={<IconClipboardText size={16} aria-hidden />} disabled={isBusy} onClick={onPaste}>
        {words.paste}
      </Button>
      <Button {...quiet} leftSection={<IconCopy size={16} aria-hidden />} disabled={isBusy} onClick={onDuplicates}>
        {words.duplicates}
      </Button>
      <Button
        {...quiet}
        className={classes.toolbarEnd}
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        disabled={isBusy || !canUndo}
        onClick={onUndo}
      >
        {words.undo}
      </Button>
    </>
  );
}

function WithSelected({ selectedCount, isBusy, onPlace, onRemove, onClear }: Props) {
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {words.selected(selectedCount)}
      </Text>
      <Button {...quiet} leftSection={<IconArrowsSort size={16} aria-hidden />} disabled={isBusy} onClick={onPlace}>
        {words.move}
      </Button>
      <Button {...quiet} c="red" leftSection={<IconTrash size={16} aria-hidden />} disabled={isBusy} onClick={onRemove}>
        {words.remove}
      </Button>
      <Button size="xs" variant="subtle" color="gray" className={classes.toolbarEnd} onClick={onClear}>
        {words.clearSelection}
      </Button>
    </>
  );
}

const quiet = { size: 'xs', variant: 'default' } as const;

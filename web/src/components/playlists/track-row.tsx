import { useDraggable } from '@dnd-kit/core';
import { IconGripVertical, IconPencil } from '@tabler/icons-react';

import type { PlaylistTrack } from '../../api/models';
import { texts } from '../../texts';
import { formatLength } from '../../ui/format';
import classes from './track-list.module.css';

const words = texts.playlistEditor;

interface Props {
  track: PlaylistTrack;
  position: number;
  /** In pixels. */
  height: number;
  isSelected: boolean;
  isDragged: boolean;
  /** @param isRange everything since the last one that was chosen */
  onToggle: (position: number, isRange: boolean) => void;
  onEdit: (position: number) => void;
  onPlace: (position: number) => void;
}

/** Plain elements: forty of these are drawn anew while someone scrolls. */
export function TrackRow({ track, position, height, isSelected, isDragged, onToggle, onEdit, onPlace }: Props) {
  const { title, artist, album, durationSeconds } = track;
  return (
    <div
      role="row"
      aria-rowindex={position + 2}
      data-position={position}
      data-selected={isSelected || undefined}
      data-dragged={isDragged || undefined}
      className={classes.row}
      style={{ height, transform: `translateY(${position * height}px)` }}
    >
      <div role="cell" className={classes.check}>
        <input
          type="checkbox"
          className={classes.box}
          aria-label={words.select(title)}
          checked={isSelected}
          onChange={({ nativeEvent }) => {
            onToggle(position, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
          }}
        />
      </div>
      <div role="cell" className={classes.handle}>
        <DragHandle title={title} position={position} onPlace={onPlace} />
      </div>
      <div role="cell" className={`${classes.cell} ${classes.number} ${classes.quiet}`}>
        {texts.common.number(position + 1)}
      </div>
      <div role="cell" className={`${classes.cell} ${classes.title}`} title={title}>
        {title}
      </div>
      <div role="cell" className={`${classes.cell} ${classes.artist}`} title={artist}>
        {artist}
      </div>
      <div role="cell" className={`${classes.cell} ${classes.album} ${classes.quiet}`} title={album ?? undefined}>
        {album}
      </div>
      <div role="cell" className={`${classes.cell} ${classes.length} ${classes.quiet}`}>
        {durationSeconds === null ? '–' : formatLength(durationSeconds)}
      </div>
      <div role="cell" className={classes.more}>
        <button
          type="button"
          className={classes.iconButton}
          aria-label={words.editOne(title)}
          onClick={() => {
            onEdit(position);
          }}
        >
          <IconPencil size={18} aria-hidden />
        </button>
      </div>
    </div>
  );
}

interface HandleProps {
  title: string;
  position: number;
  onPlace: (position: number) => void;
}

/** Dragged it moves; pressed, by mouse or keyboard, it asks where to. */
function DragHandle({ title, position, onPlace }: HandleProps) {
  const { setNodeRef, listeners } = useDraggable({ id: `${position}` });
  return (
    <button
      ref={setNodeRef}
      {...listeners}
      type="button"
      className={`${classes.iconButton} ${classes.grip}`}
      aria-label={words.moveOne(title)}
      onClick={() => {
        onPlace(position);
      }}
    >
      <IconGripVertical size={18} aria-hidden />
    </button>
  );
}

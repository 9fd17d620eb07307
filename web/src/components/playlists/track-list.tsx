import { DndContext, DragOverlay } from '@dnd-kit/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react';

import type { PlaylistTrack } from '../../api/models';
import { texts } from '../../texts';
import classes from './track-list.module.css';
import { TrackRow } from './track-row';
import { useTrackDrag } from './use-track-drag';

const words = texts.playlistEditor;
const NARROW = '(max-width: 48em)';
const ROW_HEIGHT = 40;
const NARROW_ROW_HEIGHT = 58;
const HEAD_HEIGHT = 36;
const OVERSCAN = 10;

interface Props {
  tracks: readonly PlaylistTrack[];
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
  /** @param to where the first of them comes to lie */
  onMove: (positions: number[], to: number) => void;
  onRemove: (positions: number[]) => void;
  onEdit: (position: number) => void;
  /** Asks where the tracks are to go. */
  onPlace: (positions: number[]) => void;
}

/** A table of any length: only the rows in sight exist. */
export function TrackList({ tracks, selected, onSelect, onMove, onRemove, onEdit, onPlace }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const hintId = useId();
  const rowHeight = useMediaQuery(NARROW) ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const virtualizer = useVirtualizer({
    count: tracks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowHeight]);
  const focusRow = useRowFocus(scroller, (position) => {
    virtualizer.scrollToIndex(position);
  });
  const positionsFor = (position: number) =>
    selected.has(position) ? [...selected].sort((one, other) => one - other) : [position];
  const { drag, handlers } = useTrackDrag({ rows, rowHeight, trackCount: tracks.length, positionsFor, onMove });

  const toggle = (position: number, isRange: boolean) => {
    const [from, to] = isRange ? [anchor.current, position].sort((a, b) => a - b) : [position, position];
    const next = new Set(selected);
    for (let each = from ?? position; each <= (to ?? position); each += 1) {
      if (isRange || !selected.has(position)) {
        next.add(each);
      } else {
        next.delete(each);
      }
    }
    anchor.current = position;
    onSelect(next);
  };
  const step = (position: number, way: -1 | 1) => {
    const positions = positionsFor(position);
    const to = (positions[0] ?? 0) + way;
    if (to >= 0 && to + positions.length <= tracks.length) {
      onMove(positions, to);
      focusRow(to + positions.indexOf(position));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const position = positionOf(event.target);
    const way = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (position === null || (way === null && event.key !== 'Delete')) {
      return;
    }
    event.preventDefault();
    if (way === null) {
      onRemove(positionsFor(position));
      focusRow(Math.max(0, Math.min(position, tracks.length - 2)));
    } else if (event.altKey) {
      step(position, way);
    } else {
      focusRow(Math.min(Math.max(position + way, 0), tracks.length - 1));
    }
  };

  return (
    <DndContext {...handlers} accessibility={{ announcements: words.announcements }}>
      <p id={hintId} hidden>
        {words.keyboardHint}
      </p>
      <div
        ref={scroller}
        role="table"
        aria-label={words.tracksLabel}
        aria-describedby={hintId}
        aria-rowcount={tracks.length + 1}
        className={classes.list}
        onKeyDown={onKeyDown}
      >
        <Head
          isAll={selected.size > 0 && selected.size === tracks.length}
          isSome={selected.size > 0}
          onAll={(isAll) => {
            onSelect(isAll ? new Set(tracks.keys()) : new Set());
          }}
        />
        <div ref={rows} role="rowgroup" className={classes.rows} style={{ height: tracks.length * rowHeight }}>
          {virtualizer.getVirtualItems().map(({ index }) => {
            const track = tracks[index];
            return (
              track && (
                <TrackRow
                  key={index}
                  track={track}
                  position={index}
                  height={rowHeight}
                  isSelected={selected.has(index)}
                  isDragged={drag?.positions.includes(index) ?? false}
                  onToggle={toggle}
                  onEdit={onEdit}
                  onPlace={(position) => {
                    onPlace(positionsFor(position));
                  }}
                />
              )
            );
          })}
          {drag && <div className={classes.gap} style={{ transform: `translateY(${drag.gap * rowHeight}px)` }} />}
        </div>
      </div>
      <DragOverlay dropAnimation={null}>
        {drag && <div className={classes.dragged}>{nameOf(drag.positions, tracks)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

interface HeadProps {
  isAll: boolean;
  isSome: boolean;
  onAll: (isAll: boolean) => void;
}

function Head({ isAll, isSome, onAll }: HeadProps) {
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      <div role="columnheader" className={classes.check}>
        <input
          ref={(box) => {
            if (box) {
              box.indeterminate = isSome && !isAll;
            }
          }}
          type="checkbox"
          className={classes.box}
          aria-label={words.selectAll}
          checked={isAll}
          onChange={({ currentTarget }) => {
            onAll(currentTarget.checked);
          }}
        />
      </div>
      <div role="columnheader" aria-label={words.columnMove} />
      <div role="columnheader" className={classes.number}>
        {words.columnNumber}
      </div>
      <div role="columnheader" className={classes.lead}>
        {words.columnTitle}
      </div>
      <div role="columnheader">{words.columnArtist}</div>
      <div role="columnheader">{words.columnAlbum}</div>
      <div role="columnheader" className={classes.length}>
        {words.columnLength}
      </div>
      <div role="columnheader" aria-label={words.columnEdit} />
    </div>
  );
}

/** Moves the focus to a row's box, at once or as soon as scrolling has made the row. */
function useRowFocus(scroller: RefObject<HTMLDivElement | null>, scrollTo: (position: number) => void) {
  const wanted = useRef<number | null>(null);
  const focusWanted = () => {
    const row = scroller.current?.querySelector(`[data-position="${wanted.current}"] input`);
    if (row instanceof HTMLElement) {
      row.focus({ preventScroll: true });
      wanted.current = null;
    }
  };
  useEffect(() => {
    if (wanted.current !== null) {
      focusWanted();
    }
  });
  return (position: number) => {
    wanted.current = position;
    scrollTo(position);
    focusWanted();
  };
}

function positionOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-position]') : null;
  return row ? Number(row.getAttribute('data-position')) : null;
}

function nameOf(positions: readonly number[], tracks: readonly PlaylistTrack[]): string {
  const [only, ...others] = positions;
  return others.length > 0 || only === undefined ? texts.common.tracks(positions.length) : (tracks[only]?.title ?? '');
}

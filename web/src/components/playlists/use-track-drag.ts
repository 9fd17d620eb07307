import { type DragMoveEvent, type DragStartEvent, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { type RefObject, useRef, useState } from 'react';

import { placeForGap } from './track-edits';

/** In pixels; less is a click. */
const LEAST_WAY = 5;

interface Options {
  rows: RefObject<HTMLDivElement | null>;
  rowHeight: number;
  trackCount: number;
  /** What moves when the row at a position is dragged. */
  positionsFor: (position: number) => number[];
  onMove: (positions: number[], to: number) => void;
}

interface Drag {
  positions: number[];
  /** The row before which they would be dropped. */
  gap: number;
}

/** Rows are of one height, so the place of the pointer says before which one to drop: rows out of sight need not exist. */
export function useTrackDrag({ rows, rowHeight, trackCount, positionsFor, onMove }: Options) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const startedAt = useRef(0);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: LEAST_WAY } }));
  return {
    drag,
    handlers: {
      sensors,
      onDragStart: ({ active, activatorEvent }: DragStartEvent) => {
        const top = rows.current?.getBoundingClientRect().top ?? 0;
        startedAt.current = (activatorEvent as PointerEvent).clientY - top;
        const position = Number(active.id);
        setDrag({ positions: positionsFor(position), gap: position });
      },
      // The way counts what was scrolled meanwhile.
      onDragMove: ({ delta }: DragMoveEvent) => {
        const gap = Math.round((startedAt.current + delta.y) / rowHeight);
        setDrag((now) => now && { ...now, gap: Math.min(Math.max(gap, 0), trackCount) });
      },
      onDragEnd: () => {
        if (drag) {
          const to = placeForGap(drag.positions, drag.gap);
          if (drag.positions.some((position, index) => position !== to + index)) {
            onMove(drag.positions, to);
          }
        }
        setDrag(null);
      },
      onDragCancel: () => {
        setDrag(null);
      },
    },
  };
}

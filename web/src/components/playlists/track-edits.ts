import type { EditOperation } from '../../api/models';

/** Where the first of the tracks lies when they are dropped into the gap before the track at `gap`. */
export function placeForGap(positions: readonly number[], gap: number): number {
  return gap - positions.filter((position) => position < gap).length;
}

/** The list as it will be, to be shown until the server has answered; what only the server knows is left as it is. */
export function preview<Item>(items: readonly Item[], operations: readonly EditOperation[]): readonly Item[] {
  return operations.reduce<readonly Item[]>(previewOne, items);
}

/** Where the selected tracks lie in the preview. Duplicates are found by the server: then nothing stays selected. */
export function selectedAfter(
  selected: ReadonlySet<number>,
  operations: readonly EditOperation[],
  trackCount: number,
): ReadonlySet<number> {
  if (operations.some(({ op }) => op === 'remove_duplicates')) {
    return new Set();
  }
  const order = preview([...Array(trackCount).keys()], operations);
  return new Set(order.flatMap((before, position) => (selected.has(before) ? [position] : [])));
}

function previewOne<Item>(items: readonly Item[], operation: EditOperation): readonly Item[] {
  if (operation.op !== 'remove' && operation.op !== 'move') {
    return items;
  }
  const wanted = new Set(operation.positions);
  const others = items.filter((_, position) => !wanted.has(position));
  if (operation.op === 'remove') {
    return others;
  }
  const chosen = items.filter((_, position) => wanted.has(position));
  return [...others.slice(0, operation.to), ...chosen, ...others.slice(operation.to)];
}

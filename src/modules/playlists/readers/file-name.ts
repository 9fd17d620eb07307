import { toStorableLine } from '../storable-text.js';

const EXTENSION = /\.([A-Za-z0-9]{1,5})$/;

/** The last part of whatever path a client sends. It is shown and never opened. */
export function baseNameOf(fileName: string): string {
  return toStorableLine(fileName.split(/[\\/]/).at(-1) ?? '');
}

/** In lower case, without the dot; empty when there is none. */
export function extensionOf(fileName: string): string {
  return EXTENSION.exec(baseNameOf(fileName))?.[1]?.toLowerCase() ?? '';
}

/** What a playlist from this file is called unless somebody says otherwise; may be empty. */
export function titleOf(fileName: string): string {
  return baseNameOf(fileName).replace(EXTENSION, '').trim();
}

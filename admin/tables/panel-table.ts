import type { z } from 'zod';

import type { UserId } from '../../src/common/ids.js';

/** Who may do something in the panel; an administrator may do what a moderator may. */
export type PanelRole = 'moderator' | 'admin';

/** What keys look like; what does not is no key, and the database is not asked. */
export type KeyForm = 'uuid' | 'uuid pair' | 'number';

/** One thing that the panel shows of each row. What no column names, no answer of the panel can hold. */
export interface PanelColumn {
  label: string;
  /** The expression that reads it. */
  sql: string;
  type: 'string' | 'number' | 'boolean' | 'datetime';
  /** What it can be, where that is a few words. */
  values?: readonly string[];
  /** The table (its id) that it is a row of. */
  of?: string;
  /** Rows can be looked for by it: text by a part of it, everything else by the whole. */
  isSearched?: boolean;
  /** Also in the list, not only on the page of the row. */
  isListed?: boolean;
}

interface PanelField {
  name: string;
  label: string;
  /** Unset: text of one line. */
  choices?: readonly string[];
}

/** The row as it was read for the action. */
export type PanelRow = Readonly<Record<string, unknown>>;

interface PanelCall<Input> {
  by: UserId;
  /** Of the row it is done to; empty for an action on the whole table. */
  id: string;
  row: PanelRow;
  input: Input;
}

/** Something that can be done in the panel; it calls a service, and the panel itself writes nothing. */
export interface PanelAction<Input = unknown> {
  /** In its address. */
  name: string;
  label: string;
  icon: string;
  role: PanelRole;
  on: 'row' | 'table';
  /** What it does, for whoever is about to do it. */
  about: string;
  fields: readonly PanelField[];
  input: z.ZodType<Input>;
  /** Whether it makes sense for this row; unset: for each. */
  isOffered?: (row: PanelRow) => boolean;
  /** @returns what has been done, in a sentence */
  run: (call: PanelCall<Input>) => Promise<string>;
}

/** What the panel lets people see and do about one thing. */
export interface PanelTable {
  /** In its address. */
  id: string;
  label: string;
  group: string;
  icon: string;
  role: PanelRole;
  /** The tables it is read from. */
  from: string;
  /** The expression by which one row is found, as text. */
  key: string;
  keyIs: KeyForm;
  /** The condition for one key, given as $1: it lets an index find the row. */
  byKey: string;
  /** What is shown where nobody has searched by `unless`: the whole would be too much. */
  narrowed?: { to: string; unless: string; label: string };
  columns: Readonly<Record<string, PanelColumn>>;
  /** The column that a row is called by. */
  title: string;
  /** Newest first, by this column. */
  order: string;
  actions: readonly PanelAction[];
}

/** Keeps the type of the input together while the table forgets it. */
export function action<Input>(definition: PanelAction<Input>): PanelAction {
  return definition as PanelAction;
}

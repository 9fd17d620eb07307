/** A number stays one in JSON; nearly everything else on Last.fm is a string there, even a count. */
export type Scalar = string | number | null;

export type Attributes = Readonly<Record<string, Scalar>>;

/** One element of an answer. Both formats are made from the same tree. */
export interface Element {
  readonly name: string;
  readonly content: Scalar | readonly Child[];
  readonly attributes: Attributes;
}

/** Children that may repeat. In JSON none is an empty array, one is an object, and only several are an array. */
export interface ElementList {
  readonly list: string;
  readonly items: readonly Element[];
}

export type Child = Element | ElementList;

const NO_ATTRIBUTES: Attributes = {};

export function element(name: string, content: Scalar | readonly Child[], attributes = NO_ATTRIBUTES): Element {
  return { name, content, attributes };
}

export function list(name: string, items: readonly Element[]): ElementList {
  return { list: name, items };
}

/** Plain text children, one for each member. */
export function texts(members: Readonly<Record<string, Scalar>>): Element[] {
  return Object.entries(members).map(([name, content]) => element(name, content));
}

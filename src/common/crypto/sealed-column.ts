/** What a sealed value is bound to: it opens nowhere else. Made by `SealedColumn.contextOf` alone. */
export type SealingContext = string & { readonly madeBy: 'SealedColumn' };

interface Place {
  table: string;
  column: string;
  /** The column that names the row in the context: a UUID, unique, never changed while a secret lies beside it. */
  id: string;
  /** What contexts begin with; released ones never change, or nothing opens any more. */
  context: string;
}

/**
 * A column that holds secrets sealed by `SecretBox`. Declaring it is the only way to a context, and makes it known to
 * `KeyRotation`: no secret can be sealed that a rotation forgets.
 */
export class SealedColumn {
  private static readonly declared = new Map<string, SealedColumn>();

  readonly name: string;

  constructor(readonly place: Readonly<Place>) {
    this.name = `${place.table}.${place.column}`;
    SealedColumn.declared.set(this.name, this);
  }

  /** Every declared column of the modules that are loaded, in a steady order. */
  static all(): SealedColumn[] {
    return [...SealedColumn.declared.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  contextOf(rowId: string): SealingContext {
    return `${this.place.context}:${rowId}` as SealingContext;
  }
}

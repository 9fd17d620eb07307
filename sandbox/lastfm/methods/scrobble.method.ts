import { ApiError } from '../protocol/api-error.js';
import { element, list, type Child, type Element } from '../protocol/element.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';
import type { JournalEntry } from '../state/journal-entry.js';
import { playKeyOf } from '../state/sandbox-scrobble.js';
import { write, type ApiMethod, type CallOfUser } from './api-method.js';
import { SubmittedTrack } from './submitted-track.js';

const MAX_ITEMS = 50;
const MAX_AGE_SECONDS = 14 * 86_400;
const MAX_AHEAD_SECONDS = 5 * 60;
const INDEXED = /^(?:artist|track|timestamp)\[(0|[1-9]\d{0,5})\]$/;

type Scrobble = Extract<JournalEntry, { kind: 'scrobbled' }>['scrobbles'][number];

/** The suffixes of the items of a call, in order: `[0]`, `[1]` and so on, or one empty one in the plain notation. */
export function itemSuffixesOf(params: FlatParameters): string[] {
  const indexes = new Set<number>();
  for (const name of params.names) {
    const index = INDEXED.exec(name)?.[1];
    if (index !== undefined) {
      indexes.add(Number(index));
    }
  }
  return indexes.size === 0 ? [''] : [...indexes].sort((a, b) => a - b).map((index) => `[${index}]`);
}

/** The items of one call, judged one after the other: an earlier one can make a later one a duplicate or too many. */
class ScrobbleBatch {
  private readonly toStore: Scrobble[] = [];
  private readonly playKeys = new Set<string>();
  private acceptedCount = 0;

  constructor(
    private readonly call: CallOfUser,
    private readonly suffixes: readonly string[],
  ) {}

  submit(): Child[] {
    const { state, caller, at } = this.call;
    const items = this.suffixes.map((suffix, index) => this.judge(suffix, index));
    if (this.toStore.length > 0) {
      state.record({ kind: 'scrobbled', username: caller.name, scrobbles: this.toStore, at: at.getTime() });
    }
    const totals = { accepted: this.acceptedCount, ignored: items.length - this.acceptedCount };
    return [element('scrobbles', [list('scrobble', items)], totals)];
  }

  private judge(suffix: string, index: number): Element {
    const { params } = this.call;
    const submitted = SubmittedTrack.read(params, suffix);
    params.require(`timestamp${suffix}`);
    const scrobble: Scrobble = {
      artist: submitted.artist.text,
      track: submitted.track,
      album: submitted.album,
      albumArtist: submitted.albumArtist,
      durationSeconds: submitted.durationSeconds,
      timestamp: params.findInteger(`timestamp${suffix}`) ?? 0,
      chosenByUser: params.find(`chosenByUser${suffix}`)?.trim() !== '0',
    };
    const verdict = this.imposedOn(index) || submitted.filterVerdict() || this.accept(scrobble);
    this.acceptedCount += verdict === 0 ? 1 : 0;
    return element('scrobble', [...submitted.toElements(verdict), element('timestamp', String(scrobble.timestamp))]);
  }

  private imposedOn(index: number): number {
    const { imposed } = this.call;
    return imposed && (imposed.index ?? index) === index ? imposed.code : 0;
  }

  /** Puts the scrobble aside for storing unless it is one already. Answers 0, or why it is ignored. */
  private accept(scrobble: Scrobble): number {
    const { state, caller, at } = this.call;
    const ahead = scrobble.timestamp - at.getTime() / 1000;
    if (ahead < -MAX_AGE_SECONDS) {
      return 3;
    }
    if (ahead > MAX_AHEAD_SECONDS) {
      return 4;
    }
    const playKey = playKeyOf(scrobble);
    if (state.suppressDuplicates && (this.playKeys.has(playKey) || caller.history.has(playKey))) {
      return 0;
    }
    if (caller.history.acceptedOnDayOf(at) + this.toStore.length >= (caller.dailyCap ?? Infinity)) {
      return 5;
    }
    this.playKeys.add(playKey);
    this.toStore.push(scrobble);
    return 0;
  }
}

function scrobble(call: CallOfUser): Child[] {
  const suffixes = itemSuffixesOf(call.params);
  if (suffixes.length > MAX_ITEMS || suffixes.some((suffix) => Number(suffix.slice(1, -1)) >= MAX_ITEMS)) {
    throw new ApiError(6, `Invalid parameters - At most ${MAX_ITEMS} scrobbles in one call, numbered from 0`);
  }
  return new ScrobbleBatch(call, suffixes).submit();
}

export const scrobbleMethods: Readonly<Record<string, ApiMethod>> = { 'track.scrobble': write(scrobble) };

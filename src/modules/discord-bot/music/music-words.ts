import { ActionRowBuilder, ButtonBuilder, ButtonStyle, escapeMarkdown } from 'discord.js';

import type { MusicQueue, QueueEntry } from '../../voice/index.js';
import type { Reply } from '../answering/reply.js';

const PAGE = 10;
const LONGEST_NAME = 120;
const CLOCK = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/;
const SECONDS = /^\d{1,5}$/;

/** Seconds as people read them: 3:07, 1:02:03. */
export function wordDuration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const padded = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`;
}

/** Reads "1:30", "1:02:03" or "90"; null where it is none of them. */
export function readPosition(text: string): number | null {
  const clock = CLOCK.exec(text.trim());
  if (clock) {
    const [hours, minutes, seconds] = [Number(clock[1] ?? 0), Number(clock[2]), Number(clock[3])];
    return seconds < 60 ? 3600 * hours + 60 * minutes + seconds : null;
  }
  return SECONDS.test(text.trim()) ? Number(text.trim()) : null;
}

export function wordEntry({ artist, title, durationSeconds }: QueueEntry): string {
  const name = `**${escapeMarkdown(`${artist} – ${title}`.slice(0, LONGEST_NAME))}**`;
  return durationSeconds === null ? name : `${name} (${wordDuration(durationSeconds)})`;
}

export function wordQueue({ current, entries, loop }: MusicQueue): string {
  const listed = entries.slice(0, PAGE).map((entry, index) => `${index + 1}. ${wordEntry(entry)}`);
  const more = entries.length > PAGE ? [`… and ${entries.length - PAGE} more`] : [];
  const first = current ? [`Now: ${wordEntry(current)}`] : ['Nothing plays.'];
  const looped = loop === 'off' ? [] : [`Loop: ${loop}`];
  return [...first, ...(listed.length > 0 ? listed : ['Nothing comes after it.']), ...more, ...looped].join('\n');
}

/** @param listeners how many people hear it: never who */
export function wordNowPlaying({ current, isPaused, positionMs }: MusicQueue, listeners: number): string {
  if (!current) {
    return 'Nothing plays.';
  }
  const people = listeners === 1 ? '1 listener' : `${listeners} listeners`;
  const where = positionMs > 0 ? ` at ${wordDuration(positionMs / 1000)}` : '';
  return `${isPaused ? 'Paused' : 'Now playing'}: ${wordEntry(current)}${where} · ${people}`;
}

/** The message that shows what plays, with its buttons. They are about this track and no other. */
export function boardOf(queue: MusicQueue, entry: QueueEntry): Reply {
  const button = (name: string, label: string, style: ButtonStyle): ButtonBuilder =>
    new ButtonBuilder().setCustomId(`music/${name}/${entry.id}`).setLabel(label).setStyle(style);
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    queue.isPaused ? button('resume', 'Resume', ButtonStyle.Primary) : button('pause', 'Pause', ButtonStyle.Primary),
    button('skip', 'Skip', ButtonStyle.Secondary),
    button('decline', 'Don’t scrobble this for me', ButtonStyle.Secondary),
  );
  return { content: `${queue.isPaused ? 'Paused' : 'Now playing'}: ${wordEntry(entry)}`, components: [row] };
}

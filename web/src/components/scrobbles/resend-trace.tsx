import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import type { Scrobble, ScrobbleDetail } from '../../api/models';
import { scrobbleQuery } from '../../api/queries';
import { texts } from '../../texts';
import { formatExact, formatLength } from '../../ui/format';
import classes from './scrobbles.module.css';

const words = texts.resend;
type Resend = ScrobbleDetail['resends'][number];
type Names = NonNullable<Resend['namesBefore']>;
const FIELDS = ['artist', 'title', 'album', 'albumArtist', 'durationSeconds'] as const;

/** How it had ended each time before it was sent again, and what was corrected. */
export function ResendTrace({ scrobble }: { scrobble: Scrobble }) {
  const { data } = useQuery(scrobbleQuery(scrobble.id));
  if (!data || data.resends.length === 0) {
    return null;
  }
  const { resends } = data;
  return (
    <section aria-label={words.traceTitle}>
      <Text size="sm" c="dimmed">
        {words.traceTitle}
      </Text>
      <ol className={classes.trace}>
        {resends.map((resend, index) => (
          <li key={resend.resentAt}>{traceWords(resend, namesAfter(resends, index, data))}</li>
        ))}
      </ol>
    </section>
  );
}

/** What it was sent with that time: what the next correction found, or what it has now. */
function namesAfter(resends: readonly Resend[], index: number, now: Names): Names {
  return resends.slice(index + 1).find(({ namesBefore }) => namesBefore !== null)?.namesBefore ?? now;
}

function traceWords({ resentAt, previousState, verdictMessage, namesBefore }: Resend, after: Names): string {
  const before = namesBefore && changedNames(namesBefore, after);
  return [
    words.trace(formatExact(resentAt), texts.scrobble.states[previousState]),
    ...(verdictMessage ? [words.traceVerdict(verdictMessage)] : []),
    ...(before ? [words.traceNames(before)] : []),
  ].join(' ');
}

/** "artist “VA”, no album": the former names, of those that were changed. */
function changedNames(before: Names, after: Names): string {
  return FIELDS.filter((field) => before[field] !== after[field])
    .map((field) => words.former(words.fields[field], nameWords(before[field])))
    .join(', ');
}

const nameWords = (name: string | number | null) => (typeof name === 'number' ? formatLength(name) : name);

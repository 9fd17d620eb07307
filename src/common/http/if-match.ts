/** The versions of something that a change may be made on; `any` for one that does not look. */
export type VersionCondition = 'any' | readonly number[];

const TAG = /^(W\/)?"([\u0021\u0023-\u007e\u0080-\u00ff]*)"$/;
const VERSION = /^[1-9]\d{0,9}$/;

/**
 * `If-Match` where entity tags are versions (RFC 9110, 13.1.1). A weak tag, or one that was never ours, is a version
 * that there is not.
 *
 * @returns null when the header is malformed
 */
export function parseIfMatch(header: string): VersionCondition | null {
  if (header.trim() === '*') {
    return 'any';
  }
  const tags = header.split(',').map((part) => TAG.exec(part.trim()));
  if (tags.includes(null)) {
    return null;
  }
  return tags.flatMap((tag) => {
    const [, weak, value = ''] = tag ?? [];
    return weak === undefined && VERSION.test(value) ? [Number(value)] : [];
  });
}

/** Whether a change may be made on what is there now. */
export function isMet(condition: VersionCondition, version: number): boolean {
  return condition === 'any' || condition.includes(version);
}

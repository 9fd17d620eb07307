import { DomainError } from '../../../common/errors/domain-error.js';
import type { Reply } from './reply.js';

const UNEXPECTED = 'Something went wrong on our side. It has been logged; please try again.';

/** Words any thrown thing for the person who gave the command. What we did not expect says nothing about our insides. */
export function refusalOf(error: unknown): Reply {
  const content = error instanceof DomainError ? error.message : UNEXPECTED;
  return { content, embeds: [], components: [] };
}

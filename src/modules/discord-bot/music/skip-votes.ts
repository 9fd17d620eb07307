import { Injectable } from '@nestjs/common';

/** Who wants the current track of a server skipped. Forgotten with the process: votes are quickly cast again. */
@Injectable()
export class SkipVotes {
  private readonly votes = new Map<string, { entryId: string; voters: Set<string> }>();

  /** @returns how many more of those who listen have to agree; 0: enough do */
  cast(guildId: string, entryId: string, voterId: string, listeners: readonly string[]): number {
    const known = this.votes.get(guildId);
    const poll = known?.entryId === entryId ? known : { entryId, voters: new Set<string>() };
    poll.voters.add(voterId);
    this.votes.set(guildId, poll);
    const needed = Math.floor(listeners.length / 2) + 1;
    const counted = listeners.filter((listener) => poll.voters.has(listener)).length;
    const missing = Math.max(0, needed - counted);
    if (missing === 0) {
      this.votes.delete(guildId);
    }
    return missing;
  }
}

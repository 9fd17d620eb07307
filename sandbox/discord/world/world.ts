import { type DiscordUser, discordUser } from './discord-user.js';
import { type Channel, Guild, type Member } from './guild.js';
import { Snowflakes } from './snowflakes.js';

/** Where in Discord something stands: a channel of a server, or somebody's conversation with the bot. */
export type Place = { guild: Guild; channel: Channel } | { dmWith: DiscordUser; channelId: string };

/** Everything that Discord knows: the bot, the servers it is in, and conversations. */
export class World {
  readonly guilds = new Map<string, Guild>();
  readonly bot: DiscordUser & { bot: true };
  readonly ids: Snowflakes;
  private readonly conversations = new Map<string, { dmWith: DiscordUser; channelId: string }>();

  /** @param applicationId is the bot user's id as well, as with applications of today */
  constructor(
    readonly applicationId: string,
    now: () => Date,
  ) {
    this.bot = { ...discordUser('scrobbler'), id: applicationId, bot: true };
    this.ids = new Snowflakes(now);
  }

  /** A server with the bot in it, a text channel and two voice channels. */
  addGuild(name: string, ownerName: string): Guild {
    const owner = discordUser(ownerName);
    const guild = new Guild(this.ids.next(), name, owner.id);
    const add = (kind: Channel['kind'], channelName: string): void => {
      guild.channels.push({ id: this.ids.next(), name: channelName, kind });
    };
    add('text', 'general');
    add('voice', 'Music');
    add('voice', 'Lounge');
    guild.add(this.bot);
    guild.add(owner);
    this.guilds.set(guild.id, guild);
    return guild;
  }

  requireMember(guildId: string, userId: string): Member {
    const member = this.guilds.get(guildId)?.members.get(userId);
    if (!member) {
      throw new Error(`Nobody with the id ${userId} is in the server ${guildId}.`);
    }
    return member;
  }

  conversationWith(user: DiscordUser): { dmWith: DiscordUser; channelId: string } {
    const known = this.conversations.get(user.id) ?? { dmWith: user, channelId: this.ids.next() };
    this.conversations.set(user.id, known);
    return known;
  }

  findUser(userId: string): DiscordUser | null {
    const members = [...this.guilds.values()].map((guild) => guild.members.get(userId));
    return members.find((member) => member !== undefined)?.user ?? null;
  }

  findPlace(channelId: string): Place | null {
    for (const guild of this.guilds.values()) {
      const channel = guild.channels.find(({ id }) => id === channelId);
      if (channel) {
        return { guild, channel };
      }
    }
    return [...this.conversations.values()].find((each) => each.channelId === channelId) ?? null;
  }
}

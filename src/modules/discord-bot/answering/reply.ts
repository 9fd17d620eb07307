import type { BaseMessageOptions } from 'discord.js';

/** What a command answers; who sees it says `PublicAnswer`. */
export type Reply = Pick<BaseMessageOptions, 'content' | 'embeds' | 'components'>;

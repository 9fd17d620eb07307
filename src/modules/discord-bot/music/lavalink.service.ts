import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client } from 'discord.js';
import { type LavalinkNode, LavalinkManager } from 'lavalink-client';
import { Subject } from 'rxjs';

import { AppConfig } from '../../../config/app-config.js';
import { MusicUnavailableError } from './music.errors.js';
import { toFact, type PlayerFact } from './player-fact.js';

/** So long a node keeps playing while we are away, and tells us afterwards what happened. */
const RESUMABLE_SECONDS = 300;
const RETRY_MS = 2_000;

/** What can be changed about a server's player. */
interface PlayerChange {
  track?: { encoded: string | null; userData?: { entryId: string } };
  position?: number;
  paused?: boolean;
  volume?: number;
  voice?: object;
}

/**
 * Plays through Lavalink nodes. The library keeps the connections; what plays next is ours, so its queue is not used, and
 * events are read as the node sends them.
 */
@Injectable()
export class Lavalink implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Lavalink.name);
  private readonly told = new Subject<PlayerFact>();
  /** What happens in players, in the order in which their node tells it. */
  readonly facts = this.told.asObservable();
  private manager: LavalinkManager | undefined;
  private isStopping = false;

  constructor(
    private readonly client: Client,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.client.on('raw', (packet: { t?: string | null }) => {
      void this.manager?.sendRawData(packet as never).catch((error: unknown) => {
        this.logger.warn(`Discord's voice news did not reach Lavalink: ${String(error)}`);
      });
    });
  }

  /** Whether there is any node to play through. */
  get isSetUp(): boolean {
    return this.config.lavalinkNodes.length > 0;
  }

  /** @param resumeIds what each node called its connection with us before a restart */
  async start(botId: string, resumeIds: ReadonlyMap<string, string>): Promise<void> {
    const manager = new LavalinkManager({
      nodes: this.config.lavalinkNodes.map(({ host, port, password }) => {
        const id = `${host}:${port}`;
        const sessionId = resumeIds.get(id);
        const retry = { retryAmount: Number.MAX_SAFE_INTEGER, retryDelay: RETRY_MS };
        return { id, host, port, authorization: password, ...retry, ...(sessionId && { sessionId }) };
      }),
      sendToShard: (guildId, payload) => {
        this.client.guilds.cache.get(guildId)?.shard.send(payload);
      },
      client: { id: botId, username: 'universal-scrobbler' },
      autoSkip: false,
      autoMove: false,
    });
    manager.nodeManager
      .on('error', (node, error) => {
        this.logger.warn(`Lavalink ${node.id}: ${error.message}`);
      })
      .on('disconnect', (node) => {
        this.noteLostNode(node);
      })
      .on('reconnecting', (node) => {
        this.noteLostNode(node);
      })
      .on('raw', (node, payload) => {
        this.read(node, payload as Record<string, unknown>);
      });
    this.manager = manager;
    await manager.init({ id: botId });
  }

  /** What a node calls its connection with us; null: the server has no player. */
  resumeIdOf(guildId: string): { node: string; id: string } | null {
    const node = this.manager?.getPlayer(guildId)?.node;
    return node?.sessionId ? { node: node.id, id: node.sessionId } : null;
  }

  /** Goes to a voice channel, or stays there. @throws MusicUnavailableError */
  async join(guildId: string, voiceChannelId: string): Promise<void> {
    if (!this.manager?.useable) {
      throw new MusicUnavailableError();
    }
    const known = this.manager.getPlayer(guildId);
    const player = known ?? this.manager.createPlayer({ guildId, voiceChannelId, selfDeaf: true });
    if (!player.voice.sessionId || player.voiceChannelId !== voiceChannelId) {
      player.options.voiceChannelId = voiceChannelId;
      await player.connect();
    }
  }

  /** Tells a node that has forgotten us how to reach the voice channel. @throws MusicUnavailableError */
  async restoreVoice(guildId: string): Promise<void> {
    const voice = this.manager?.getPlayer(guildId)?.voice;
    if (voice?.token && voice.sessionId) {
      await this.change(guildId, { voice });
    }
  }

  /** @throws MusicUnavailableError */
  async change(guildId: string, change: PlayerChange): Promise<void> {
    const player = this.manager?.getPlayer(guildId);
    if (!player?.node.connected) {
      throw new MusicUnavailableError();
    }
    await player.node.updatePlayer({ guildId, playerOptions: change as never });
  }

  /** Leaves the voice channel and forgets the player. A node that is away has forgotten it already. */
  async leave(guildId: string): Promise<void> {
    const player = this.manager?.getPlayer(guildId);
    try {
      await player?.destroy('left', true);
    } catch (error) {
      this.logger.warn(`Lavalink did not hear that we left: ${String(error)}`);
    }
  }

  /** What a node answers to this search or address, as it comes. @throws MusicUnavailableError */
  async load(identifier: string): Promise<unknown> {
    const node = this.manager?.nodeManager.leastUsedNodes()[0];
    if (!node) {
      throw new MusicUnavailableError();
    }
    return node.request(`/loadtracks?identifier=${encodeURIComponent(identifier)}`) as Promise<unknown>;
  }

  /** The music goes on while we are away: whoever starts in our place takes it up again. */
  onApplicationShutdown(): void {
    this.isStopping = true;
    // The library would stop players together with their node.
    this.manager?.players.clear();
    for (const node of [...(this.manager?.nodeManager.nodes.values() ?? [])]) {
      node.destroy('shutdown');
    }
    this.told.complete();
  }

  private read(node: LavalinkNode, payload: Record<string, unknown>): void {
    if (payload['op'] === 'ready') {
      // The library reads its own part of this message after us.
      setImmediate(() => {
        void this.noteReadyNode(node, payload['resumed'] === true);
      });
      return;
    }
    const fact = toFact(payload);
    if (fact) {
      this.told.next(fact);
    }
  }

  private async noteReadyNode(node: LavalinkNode, isResumed: boolean): Promise<void> {
    try {
      await node.updateSession(true, RESUMABLE_SECONDS);
      if (node.sessionId) {
        node.options.sessionId = node.sessionId;
      }
    } catch (error) {
      this.logger.warn(`Lavalink ${node.id} does not let us resume: ${String(error)}`);
    }
    this.told.next({ kind: 'node-ready', isResumed });
  }

  private noteLostNode(lost: LavalinkNode): void {
    const players = [...(this.manager?.players.values() ?? [])].filter(({ node }) => node.id === lost.id);
    if (!this.isStopping && players.length > 0) {
      this.told.next({ kind: 'node-lost', guildIds: players.map(({ guildId }) => guildId) });
    }
  }
}

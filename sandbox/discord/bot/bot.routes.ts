import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { BotDesk } from './bot-desk.js';
import { DiscordRefusal } from './discord-refusal.js';
import { readForm } from './invalid-form.js';
import { messageEditForm, messageForm } from './message-form.js';

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Interactions carry their own token; everything else wants the bot's. */
  readonly isOpen?: boolean;
  readonly answer: (request: FastifyRequest, params: Record<string, string>) => unknown;
}

/** The part of Discord's REST that a bot of today's uses. @see https://discord.com/developers/docs/reference */
export function registerBotRoutes(
  server: FastifyInstance,
  desk: BotDesk,
  token: string,
  gatewayUrl: () => string,
): void {
  for (const { method, url, isOpen = false, answer } of routes(desk, gatewayUrl)) {
    server.route({
      method,
      url: `/api/v10${url}`,
      handler: (request, reply) => {
        try {
          if (!isOpen && request.headers.authorization !== `Bot ${token}`) {
            throw new DiscordRefusal(401, 0, '401: Unauthorized');
          }
          return send(reply, answer(request, request.params as Record<string, string>));
        } catch (error) {
          const refusal = desk.refuse(`${method} ${url}`, error);
          return reply.code(refusal.status).send(refusal.body);
        }
      },
    });
  }
}

function send(reply: FastifyReply, body: unknown): FastifyReply {
  return body === undefined ? reply.code(204).send() : reply.code(200).send(body);
}

function routes(desk: BotDesk, gatewayUrl: () => string): Route[] {
  return [
    { method: 'GET', url: '/gateway/bot', answer: () => gatewayBot(gatewayUrl()) },
    ...applicationRoutes(desk),
    ...interactionRoutes(desk),
    ...channelRoutes(desk),
  ];
}

function gatewayBot(url: string): object {
  const limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 };
  return { url, shards: 1, session_start_limit: limit };
}

function applicationRoutes(desk: BotDesk): Route[] {
  const application = { id: desk.world.applicationId, name: 'Scrobbler', flags: 0, bot: desk.world.bot };
  const own = `/applications/${desk.world.applicationId}`;
  return [
    { method: 'GET', url: '/applications/@me', answer: () => application },
    { method: 'GET', url: `${own}/commands`, answer: () => desk.listCommands(null) },
    { method: 'PUT', url: `${own}/commands`, answer: ({ body }) => desk.overwriteCommands(null, body) },
    {
      method: 'GET',
      url: `${own}/guilds/:guild/commands`,
      answer: (_request, { guild = '' }) => desk.listCommands(guild),
    },
    {
      method: 'PUT',
      url: `${own}/guilds/:guild/commands`,
      answer: ({ body }, { guild = '' }) => desk.overwriteCommands(guild, body),
    },
  ];
}

function interactionRoutes(desk: BotDesk): Route[] {
  const webhook = `/webhooks/${desk.world.applicationId}/:token`;
  return [
    {
      method: 'POST',
      url: '/interactions/:id/:token/callback',
      isOpen: true,
      answer: ({ body, query }, { id = '', token = '' }) => {
        const { interaction, message } = desk.acknowledge(id, token, body);
        const wantsAnswer = (query as { with_response?: string }).with_response === 'true';
        return wantsAnswer ? callbackAnswer(interaction.id, body, message?.toJson()) : undefined;
      },
    },
    {
      method: 'POST',
      url: webhook,
      isOpen: true,
      answer: ({ body }, { token = '' }) => desk.followUp(token, body).toJson(),
    },
    {
      method: 'GET',
      url: `${webhook}/messages/:message`,
      isOpen: true,
      answer: (_request, { token = '', message = '' }) => desk.requireByToken(token).require(message).toJson(),
    },
    {
      method: 'PATCH',
      url: `${webhook}/messages/:message`,
      isOpen: true,
      answer: ({ body }, { token = '', message = '' }) => desk.edit(token, message, body).toJson(),
    },
    {
      method: 'DELETE',
      url: `${webhook}/messages/:message`,
      isOpen: true,
      answer: (_request, { token = '', message = '' }) => {
        desk.delete(token, message);
      },
    },
  ];
}

function callbackAnswer(id: string, body: unknown, message: object | undefined): object {
  const { type } = body as { type: number };
  const interaction = { id, type: 2, response_message_loading: type === 5 };
  return { interaction, resource: { type, ...(message && { message }) } };
}

function channelRoutes(desk: BotDesk): Route[] {
  return [
    {
      method: 'POST',
      url: '/users/@me/channels',
      answer: ({ body }) => {
        const user = desk.world.findUser(String((body as { recipient_id?: unknown }).recipient_id));
        if (!user) {
          throw new DiscordRefusal(400, 50033, 'Invalid Recipient(s)');
        }
        return { id: desk.world.conversationWith(user).channelId, type: 1, last_message_id: null, recipients: [user] };
      },
    },
    {
      method: 'POST',
      url: '/channels/:channel/messages',
      answer: ({ body }, { channel = '' }) => desk.board.post(channel, readForm(messageForm, body)).toJson(),
    },
    {
      method: 'PATCH',
      url: '/channels/:channel/messages/:message',
      answer: ({ body }, { channel = '', message = '' }) =>
        desk.board.edit(channel, message, readForm(messageEditForm, body)).toJson(),
    },
    {
      method: 'DELETE',
      url: '/channels/:channel/messages/:message',
      answer: (_request, { channel = '', message = '' }) => {
        desk.board.delete(channel, message);
      },
    },
  ];
}

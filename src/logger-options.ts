import type { Params } from 'nestjs-pino';

import type { AppConfig } from './config/app-config.js';

/** One JSON line an event. What could carry a secret is left out by name, not merely by habit. */
export function loggerOptions(config: AppConfig): Params {
  return {
    forRoutes: ['{*path}'],
    pinoHttp: {
      level: config.logLevel,
      autoLogging: { ignore: ({ url }) => url?.startsWith('/api/health/') ?? false },
      customLogLevel: (_request, reply) => (reply.statusCode >= 500 ? 'error' : 'info'),
      redact: {
        paths: [
          'req.headers.authorization',
          'req.headers.cookie',
          'req.headers["x-bot-key"]',
          'res.headers["set-cookie"]',
          'res.headers.location',
        ],
        censor: '[left out]',
      },
      serializers: {
        // A database error carries the values of its statement, and those may be anything.
        err: ({ name, message, stack }: Error) => ({ type: name, message, stack }),
        // A query may hold a handshake's state and Last.fm's token.
        req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({
          id,
          method,
          path: url.split('?')[0],
        }),
      },
    },
  };
}

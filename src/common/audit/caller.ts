import { AsyncLocalStorage } from 'node:async_hooks';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { browserInWords } from '../http/browser-description.js';
import { networkOf } from '../http/network-of.js';

/** Where a request comes from, as far as we keep it. */
export interface Caller {
  network: string | null;
  device: string;
}

const callers = new AsyncLocalStorage<Caller>();

/** Whose request is being answered; undefined in a job or on the command line. */
export function currentCaller(): Caller | undefined {
  return callers.getStore();
}

/** Lets whatever a request causes know its caller, without every service passing it on. */
export function rememberCallers(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  // Not earlier: reading the body leaves the context that was entered before it.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const device = browserInWords(request.headers['user-agent'] ?? '');
    callers.run({ network: networkOf(request.ip), device }, done);
  });
}

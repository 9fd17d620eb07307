import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { toProblem } from './to-problem.js';

/** Says every error over HTTP as an RFC 9457 problem document; logs those that are our fault. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemDetailsFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const body = { ...toProblem(error), requestId: request.id };
    if (body.status >= 500) {
      this.logger.error({ err: error, requestId: request.id, method: request.method, route: request.routeOptions.url });
    }
    if (reply.sent) {
      return;
    }
    void reply.status(body.status).type('application/problem+json').send(body);
  }
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';

/**
 * Passport redirects with Node's own calls. On a reply of Fastify they go through Fastify, so that the hooks which write
 * cookies and headers run.
 */
export function letPassportAnswer(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.decorateReply('setHeader', function (this: FastifyReply, name: string, value: string) {
    if (name.toLowerCase() !== 'content-length') {
      void this.header(name, value);
    }
  });
  fastify.decorateReply('end', function (this: FastifyReply, body = '') {
    void this.send(body);
  });
}

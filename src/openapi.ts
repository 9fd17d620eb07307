import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';

import { ProblemDto } from './common/http/problem.dto.js';

/** The description that `openapi.json`, `/api/docs` and the dashboard's types are made of. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Universal Scrobbler')
    .setDescription('Everything you listen to reaches your Last.fm profile, exactly once.')
    .setVersion('1')
    .addCookieAuth('sid', { type: 'apiKey', in: 'cookie' }, 'login')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A personal token' }, 'token')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Bot-Key', description: 'A key for a music bot' }, 'bot-key')
    .addGlobalResponse({
      status: 'default',
      description: 'A problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDto],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return cleanupOpenApiDoc(document);
}

import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';

import { ACCESS_EXTENSION, type AccessRule } from './common/http/access.decorator.js';
import { ProblemDto } from './common/http/problem.dto.js';

const LOGIN = 'login';
const TOKEN = 'token';
const BOT_KEY = 'bot-key';

/** With what credentials each rule can be met; any one of them is enough. */
const CREDENTIALS: Record<AccessRule, readonly string[]> = {
  public: [],
  read: [LOGIN, TOKEN],
  write: [LOGIN, TOKEN],
  ingest: [LOGIN, TOKEN],
  login: [LOGIN],
  moderator: [LOGIN],
  admin: [LOGIN],
  bot: [BOT_KEY],
};

type Operation = OpenAPIObject['paths'][string]['get'] & { [ACCESS_EXTENSION]?: AccessRule[] };

/** The description that `openapi.json`, `/api/docs` and the dashboard's types are made of. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Universal Scrobbler')
    .setDescription('Everything you listen to reaches your Last.fm profile, exactly once.')
    .setVersion('1')
    .addCookieAuth('sid', { type: 'apiKey', in: 'cookie' }, LOGIN)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A personal token' }, TOKEN)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Bot-Key', description: 'A key for a music bot' }, BOT_KEY)
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
  return cleanupOpenApiDoc(withCredentials(document));
}

/** Says of each operation what it takes, so that a client that is made of the description sends it. */
function withCredentials(document: OpenAPIObject): OpenAPIObject {
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods) as Operation[]) {
      const credentials = (operation[ACCESS_EXTENSION] ?? []).flatMap((rule) => CREDENTIALS[rule]);
      operation.security = credentials.map((name) => ({ [name]: [] }));
    }
  }
  return document;
}

import { randomUUID } from 'node:crypto';

import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { Logger } from 'nestjs-pino';

import { rememberCallers } from './common/audit/caller.js';
import { LARGEST_BODY, limitBodies } from './body-rules.js';
import { refuseAddress, refuseConnection } from './common/http/refuse-before-routing.js';
import { AppConfig } from './config/app-config.js';
import { createOpenApiDocument } from './openapi.js';
import { letPassportAnswer } from './passport-answers.js';
import { addSecurityHeaders } from './security-headers.js';
import { serveDashboard } from './serve-dashboard.js';

const API_PREFIX = 'api';
/** The panel is a page beside the dashboard, and no part of the API. */
const OUTSIDE_API = { exclude: ['admin', 'admin/{*path}'] };

interface CreateAppOptions {
  /** Only describes itself: nothing connects or starts. */
  preview?: boolean;
  trustedProxies?: readonly string[];
}

/** The whole HTTP side of the application, ready to listen. */
export async function createApp(
  module: DynamicModule,
  { preview = false, trustedProxies = [] }: CreateAppOptions = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter(trustedProxies), {
    bufferLogs: true,
    preview,
    abortOnError: false,
  });
  if (preview) {
    app.setGlobalPrefix(API_PREFIX, OUTSIDE_API);
    return app;
  }
  app.useLogger(app.get(Logger));
  return configureApp(app);
}

/** @param trustedProxies whose X-Forwarded-For is believed */
export function adapter(trustedProxies: readonly string[]): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: LARGEST_BODY,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
  });
}

/** Adds what the framework does not bring: prefix, cookies, uploads, headers, the dashboard and the API's description. */
export async function configureApp(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  app.setGlobalPrefix(API_PREFIX, OUTSIDE_API);
  limitBodies(app);
  await addSecurityHeaders(app, app.get(AppConfig).publicUrl);
  await app.register(fastifyCookie);
  rememberCallers(app);
  letPassportAnswer(app);
  await app.register(fastifyMultipart);
  await serveDashboard(app);
  SwaggerModule.setup(`${API_PREFIX}/docs`, app, () => createOpenApiDocument(app));
  return app;
}

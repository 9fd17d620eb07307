import fastifyHelmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

type Directives = Readonly<Record<string, readonly string[]>>;

/** The page of a reset link: its address must come nowhere else. */
const CARRIES_A_TOKEN = /^\/reset-password(\/|\?|$)/;
const HALF_A_YEAR_SECONDS = 180 * 24 * 3600;

/** What no page of ours needs. */
const PERMISSIONS_POLICY = [
  'camera',
  'display-capture',
  'geolocation',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** The dashboard and the description of the API: their own files and the API itself, nothing else. */
const PAGES: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Mantine writes style elements, and Swagger too. Styles can deface; scripts could act.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** Answers of the API are no pages: whoever makes a browser show one gets something that can do nothing. */
const API: Directives = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] };

/**
 * The headers that keep a browser from doing with our answers what we never meant.
 * @param publicUrl only behind https a browser is told to come by https alone from then on
 */
export async function addSecurityHeaders(app: NestFastifyApplication, publicUrl: string): Promise<void> {
  const isHttps = publicUrl.startsWith('https:');
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: false,
    frameguard: { action: 'deny' },
    hsts: isHttps && { maxAge: HALF_A_YEAR_SECONDS, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
  });
  const policies = { pages: header(PAGES, isHttps), api: header(API, false) };
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, next) => {
      const part = partOf(request);
      void reply.header('content-security-policy', policies[part]);
      void reply.header('permissions-policy', PERMISSIONS_POLICY);
      if (part === 'api') {
        void reply.header('cache-control', 'no-store');
      }
      if (CARRIES_A_TOKEN.test(request.url)) {
        void reply.header('referrer-policy', 'no-referrer');
        void reply.header('cache-control', 'no-store');
      }
      next();
    });
}

function partOf({ url }: FastifyRequest): 'pages' | 'api' {
  return /^\/(admin\/)?api(?!\/docs(\/|\?|$))(\/|\?|$)/.test(url) ? 'api' : 'pages';
}

function header(directives: Directives, isHttps: boolean): string {
  const named = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(' ')}`);
  return [...named, ...(isHttps ? ['upgrade-insecure-requests'] : [])].join('; ');
}

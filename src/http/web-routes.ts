import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Express, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Assistant } from '../assistant.ts';
import { idOf } from './corpus-routes.ts';
import { methodNotAllowed } from './problem.ts';

const WEB = fileURLToPath(new URL('../web/', import.meta.url));
const HASHED = fileURLToPath(new URL('../web/assets/', import.meta.url));

/** What a page of ours may do: nothing but its own files and its own server, and no text is ever parsed as HTML. */
export function secureHeaders(): RequestHandler {
  const own = ["'self'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': own,
        'style-src': own,
        'img-src': own,
        'connect-src': own,
        'base-uri': ["'none'"],
        'form-action': own,
        'frame-ancestors': own,
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ["'none'"],
      },
    },
  });
}

/** Compresses whatever is not sent as events: those must arrive one by one. */
export function compressResponses(): RequestHandler {
  return compression({
    filter: (request, response) =>
      !String(response.getHeader('Content-Type')).startsWith('text/event-stream') &&
      compression.filter(request, response),
  });
}

/** The page at each of its addresses, its files, and the widget. */
export function serveWeb(app: Express, assistant: Assistant): void {
  for (const path of ['/', '/corpus', '/admin']) app.route(path).get(sendPage).all(methodNotAllowed('GET'));
  app.route('/documents/*id').get(documentPage(assistant)).all(methodNotAllowed('GET'));
  app.use('/assets', express.static(HASHED, { index: false, redirect: false, immutable: true, maxAge: '1y' }));
  app.use(express.static(WEB, { index: false, redirect: false, setHeaders: allowEmbedding }));
}

const sendPage: RequestHandler = (_request, response) => sendHtml(response);

/** The source view; for a document that is not there, the page says so under a 404. */
function documentPage(assistant: Assistant): RequestHandler {
  return async (request, response) => {
    const document = await assistant.findDocument(idOf(request.params['id']));
    sendHtml(response.status(document ? 200 : 404));
  };
}

function sendHtml(response: Response): void {
  response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: WEB, cacheControl: false });
}

/** Other sites may load the widget's script; what it may ask is decided per origin. */
function allowEmbedding(response: Response, path: string): void {
  if (path.endsWith('widget.js')) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}

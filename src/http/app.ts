import express, { type Express, type RequestHandler } from 'express';
import type { Assistant } from '../assistant.ts';
import type { Desk } from '../channels/desk.ts';
import type { Config } from '../config.ts';
import type { Workers } from '../jobs/work-jobs.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { addDocumentRoute, removeDocumentRoute } from './admin-routes.ts';
import { allowOrigins } from './allow-origins.ts';
import { askRoute } from './ask-route.ts';
import { channelRoutes } from './channel-routes.ts';
import { deleteConversation, readConversation } from './conversation-routes.ts';
import { documentRoute, documentsRoute, searchRoute } from './corpus-routes.ts';
import { listFeedbackRoute, listQuestionsRoute, rateRoute } from './feedback-routes.ts';
import { beginJobRoute, jobRoute, jobsRoute, retryJobRoute } from './job-routes.ts';
import { limitRate, limitUnderWay, observeRequests, requireAdmin, requireApiKey, requireReady } from './guards.ts';
import { mcpRoute } from './mcp-route.ts';
import { openaiError, openaiRoutes } from './openai-routes.ts';
import { readOpenapi } from './openapi.ts';
import { methodNotAllowed, notFound, problem, renderErrors, requestId, sendProblem, shapeProblems } from './problem.ts';
import { verifyRoute } from './verify-route.ts';
import { compressResponses, secureHeaders, serveWeb } from './web-routes.ts';

export interface AppDependencies {
  readonly assistant: Assistant;
  /** Told of jobs that were accepted. */
  readonly workers: Pick<Workers, 'wake'>;
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Absolute base of links; known once the server listens. */
  readonly publicUrl: () => string;
  /** The channels that are on. */
  readonly desk?: Desk;
  /** Whether questions can be answered. */
  readonly isReady: () => boolean;
}

/** The web door, without a socket. */
export function createApp(deps: AppDependencies): Express {
  const { assistant, config, log, metrics } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(observeRequests(log, metrics));
  app.use(secureHeaders(), compressResponses());

  app
    .route('/healthz')
    .get((_request, response) => void response.json({ status: 'ok' }))
    .all(methodNotAllowed('GET'));
  app.route('/readyz').get(readyRoute(deps)).all(methodNotAllowed('GET'));
  app.route('/metrics').get(metricsRoute(metrics)).all(methodNotAllowed('GET'));
  app
    .route('/openapi.json')
    .get((_request, response) => void response.json(readOpenapi()))
    .all(methodNotAllowed('GET'));

  const open = [limitRate(config, assistant.rateLimits), requireApiKey(config), requireReady(deps.isReady)];
  app.use('/api/ask', allowOrigins(config));
  app.use('/api', ...open);
  const body = jsonBody('64kb');
  const asking = limitUnderWay(config);
  app.route('/api/ask').post(asking, body, askRoute(deps)).all(methodNotAllowed('POST'));
  app.route('/api/verify').post(asking, body, verifyRoute(assistant)).all(methodNotAllowed('POST'));
  app.route('/api/search').post(asking, body, searchRoute(deps)).all(methodNotAllowed('POST'));
  routeDocuments(app, deps);
  app.route('/api/feedback').post(body, rateRoute(assistant.feedback)).all(methodNotAllowed('POST'));
  const admin = requireAdmin(config);
  app.route('/api/admin/feedback').get(admin, listFeedbackRoute(assistant.feedback)).all(methodNotAllowed('GET'));
  app.route('/api/admin/questions').get(admin, listQuestionsRoute(assistant.feedback)).all(methodNotAllowed('GET'));
  app
    .route('/api/conversations/:id')
    .get(readConversation(assistant.conversations))
    .delete(deleteConversation(assistant.conversations))
    .all(methodNotAllowed('GET', 'DELETE'));

  app.use('/v1', shapeProblems(openaiError), ...open, asking, openaiRoutes(deps, jsonBody('4mb')));
  app.use('/mcp', ...open, asking, mcpRoute(deps));
  if (deps.desk) app.use(channelRoutes(deps.desk));

  serveWeb(app, assistant);
  app.use(notFound);
  app.use(renderErrors(log));
  return app;
}

/** Reading is as open as the API, changing needs the admin's key. */
function routeDocuments(app: Express, deps: AppDependencies): void {
  const admin = requireAdmin(deps.config);
  app
    .route('/api/documents')
    .get(documentsRoute(deps))
    .post(admin, documentBody(deps.config), addDocumentRoute(deps))
    .all(methodNotAllowed('GET', 'POST'));
  app
    .route('/api/documents/*id')
    .get(documentRoute(deps))
    .delete(admin, removeDocumentRoute(deps))
    .all(methodNotAllowed('GET', 'DELETE'));
  app
    .route('/api/jobs')
    .get(admin, jobsRoute(deps))
    .post(admin, jsonBody('64kb'), beginJobRoute(deps))
    .all(methodNotAllowed('GET', 'POST'));
  app.route('/api/jobs/:id').get(admin, jobRoute(deps)).all(methodNotAllowed('GET'));
  app.route('/api/jobs/:id/retry').post(admin, retryJobRoute(deps)).all(methodNotAllowed('POST'));
}

/** A form is read by its route; JSON may be as long as a file. */
function documentBody({ INGEST_MAX_FILE_MB }: Config): RequestHandler[] {
  return jsonBody(`${INGEST_MAX_FILE_MB}mb`).map((handle): RequestHandler => (request, response, next) => {
    if (request.is('multipart/form-data')) next();
    else return handle(request, response, next);
  });
}

/** JSON bodies up to a size; anything else is a 415 before it is read. */
function jsonBody(limit: string): RequestHandler[] {
  const parse = express.json({ limit, type: ['application/json', 'application/*+json'] });
  const requireJson: RequestHandler = (request, response, next) => {
    if (request.is(['application/json', 'application/*+json'])) next();
    else sendProblem(response, problem(415, requestId(response), 'Send JSON: Content-Type: application/json.'));
  };
  return [requireJson, parse];
}

function readyRoute({ assistant, isReady }: AppDependencies): RequestHandler {
  return async (_request, response) => {
    const { documents, chunks, embedded } = await assistant.countChunks();
    const ready = isReady() && documents > 0;
    const share = chunks === 0 ? 0 : embedded / chunks;
    if (!ready) response.set('Retry-After', '5');
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ready' : 'starting', documents, chunks, embedded: share });
  };
}

function metricsRoute(metrics: Metrics): RequestHandler {
  return async (_request, response) => {
    response.set('Content-Type', metrics.contentType).send(await metrics.render());
  };
}

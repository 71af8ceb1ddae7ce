# syntax=docker/dockerfile:1
# Two stages: what compiles stays behind. Nothing is downloaded when the container starts.
FROM node:20-bookworm-slim AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The build needs the sources: `prepare` runs once they are here.
RUN npm ci --ignore-scripts --no-audit --no-fund \
  && npm rebuild better-sqlite3 hnswlib-node
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 INDEX_DIR=/data/index CORPUS_DIR=/app/corpus MODELS_DIR=/data/models
WORKDIR /app
RUN install -d -o node -g node /data /data/index /data/models
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/corpus ./corpus
COPY --from=build --chown=root:root /app/prompts ./prompts
COPY --from=build --chown=root:root /app/docs/openapi.yaml ./docs/openapi.yaml
COPY --from=build --chown=root:root /app/package.json ./package.json
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]

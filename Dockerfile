# syntax=docker/dockerfile:1
# License Watch as an image: `docker build -t license-watch .`, or with PostgreSQL beside it `docker compose up` (docs/install.md).
# The digest makes the base the same bytes each time: `npm run pin-image` looks it up and writes it here.
ARG NODE_VERSION=24.21.0
ARG NODE_DIGEST=

FROM node:${NODE_VERSION}-slim${NODE_DIGEST} AS base
WORKDIR /app

# Everything, to compile. The image's own Node does it: no package runs a script of its own.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.ts scripts/
COPY src/ src/
RUN node scripts/build.ts

# What runs: without development packages, and without their maps, types, docs and tests.
FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev
COPY scripts/trim-packages.ts scripts/
RUN node scripts/trim-packages.ts node_modules

FROM base AS runtime
LABEL org.opencontainers.image.title="License Watch" \
      org.opencontainers.image.description="A Microsoft Teams bot that notices every Microsoft 365 license change" \
      org.opencontainers.image.licenses="MIT"
# The image's user is 1000. It owns the place of a SQLite file, and can change nothing else.
RUN mkdir /data && chown 1000:1000 /data
COPY --from=packages /app/node_modules node_modules/
COPY --from=build /app/lib lib/
COPY package.json LICENSE ./
COPY detections/ detections/
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3978 \
    DATABASE_URL=file:/data/license-watch.db
USER 1000:1000
VOLUME /data
EXPOSE 3978
# No curl in the image, and none needed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "lib/main.js"]
CMD ["serve"]

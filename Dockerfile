# glibc is needed by the Temporal SDK: no Alpine.
FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY . .
USER node
ENV NODE_ENV=production
STOPSIGNAL SIGTERM
CMD ["node", "workers/main.ts"]

# The operator's command, without anything to install beside it.
#   docker build -t onboard . && docker run --rm -e ALIBABA_CLOUD_… onboard status
FROM node:20-slim AS package
WORKDIR /source
COPY . .
RUN npm ci --no-audit --no-fund && npm pack --pack-destination /tmp

FROM node:20-slim
COPY --from=package /tmp/account-onboarding-*.tgz /tmp/onboard.tgz
RUN npm install --global --no-audit --no-fund /tmp/onboard.tgz && rm /tmp/onboard.tgz
USER node
WORKDIR /home/node
ENTRYPOINT ["onboard"]

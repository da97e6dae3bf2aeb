// Loaded before the command, with `NODE_OPTIONS=--require`: the hosts that give credentials, whose
// names are fixed, are played by the server at STAND_IN. They are asked for by http and by https.
const http = require('node:http');
const https = require('node:https');

const HOSTS = /^(100\.100\.100\.200|sts(\.[a-z0-9-]+)?\.aliyuncs\.com)$/;
const { hostname, port } = new URL(process.env.STAND_IN);
const request = http.request;

for (const library of [http, https]) {
  const original = library.request;
  library.request = (options, ...rest) => {
    const host = options.hostname ?? options.host;
    if (!HOSTS.test(host)) return original(options, ...rest);
    const headers = { ...options.headers, 'x-meant-for': host };
    return request(
      { ...options, headers, protocol: 'http:', host: hostname, hostname, port, agent: undefined },
      ...rest,
    );
  };
}

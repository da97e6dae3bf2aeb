/**
 * What makes clients take the endpoint for their proxy and trust what vouches for it. Each name is there
 * because a client reads it and no other: curl and Python `http_proxy`, others `HTTP_PROXY`; Node's TLS
 * `NODE_EXTRA_CA_CERTS`, Go's and Python's `SSL_CERT_FILE`, Python's `requests` `REQUESTS_CA_BUNDLE`,
 * curl `CURL_CA_BUNDLE`.
 */
export function proxyEnvironment(
  endpoint: string,
  caFile: string,
): Readonly<Record<string, string>> {
  // Without the cloud's names, which the NO_PROXY of a machine in the cloud often has.
  const direct = 'localhost,127.0.0.1';
  return {
    HTTP_PROXY: endpoint,
    HTTPS_PROXY: endpoint,
    NO_PROXY: direct,
    http_proxy: endpoint,
    https_proxy: endpoint,
    no_proxy: direct,
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
    CURL_CA_BUNDLE: caFile,
  };
}

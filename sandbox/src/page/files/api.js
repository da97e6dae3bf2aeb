/**
 * The sandbox's own interface, as /sandbox/openapi.json describes it. Rejects with an `Error` that
 * says why.
 *
 * @param {string} method
 * @param {string} path After `/sandbox/`.
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  const answer = await fetch(`/sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message ?? `${path} is answered with ${answer.status}.`);
  return value;
}

/**
 * A call of a service by an account's root user. Rejects with the service's own words.
 *
 * @param {string} version
 * @param {string} operation
 * @param {Readonly<Record<string, string>>} parameters
 * @param {string} [accountId] Default: the management account.
 */
export async function call(version, operation, parameters, accountId) {
  const { delivery, status, body } = await ask('POST', 'calls', {
    version,
    operation,
    parameters,
    ...(accountId === undefined ? {} : { accountId }),
  });
  if (delivery !== 'whole') throw new Error(`${operation}: a fault took the answer (${delivery}).`);
  if (status < 400) return;
  throw new Error(`${operation}: ${status} ${reasonIn(body)}`);
}

/** @param {string} body */
function reasonIn(body) {
  try {
    const { Code, Message } = JSON.parse(body);
    return `${Code}: ${Message}`;
  } catch {
    return body.slice(0, 200);
  }
}

import { byId, element, keep, setText, timeOf } from './dom.js';

const MOST_SHOWN = 100;

/**
 * @typedef {{ what: string, passed: boolean, detail?: string }} Check
 * @typedef {{ number: number, atMs: number, service: string, operation: string, accountId?: string, status?: number, errorCode?: string, checked: Check[] }} Call
 * @typedef {{ requestId: string, functionName: string, attempt: number, mode: string, status: string, errorName?: string, errorMessage?: string, errorType?: string, durationMs: number, startedAtMs: number }} Invocation
 */

/** @param {readonly Call[]} calls Oldest first. */
export function showRequests(calls) {
  const newest = calls.slice(-MOST_SHOWN).reverse();
  keep(byId('requests'), newest, ({ number }) => String(number), requestRow);
  byId('no-requests').hidden = calls.length > 0;
}

/** @param {Call} call */
function requestRow({ atMs, service, operation, accountId, status, errorCode, checked }) {
  const isGood = status !== undefined && status < 400 && errorCode === undefined;
  const answer = [status ?? 'no answer', errorCode].filter((part) => part !== undefined).join(' ');
  return {
    made: element('tr', {}, [
      element('td', {}, [element('time', {}, [timeOf(atMs)])]),
      element('td', {}, [
        element('span', { class: 'name' }, [operation]),
        element('span', { class: 'muted' }, [service]),
      ]),
      element('td', {}, accountId === undefined ? [] : [element('code', {}, [accountId])]),
      element('td', {}, [
        element('span', { class: 'state', 'data-state': isGood ? 'good' : 'bad' }, [answer]),
      ]),
      element('td', {}, [element('ul', { class: 'checks' }, summarized(checked).map(checkItem))]),
    ]),
  };
}

/** A list is asked for by its entries: the same permission many times counts once. */
function summarized(/** @type {readonly Check[]} */ checked) {
  const seen = new Set();
  return checked.filter(({ what, passed, detail }) => {
    const key = `${what} ${passed} ${detail}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** @param {Check} check */
function checkItem({ what, passed, detail }) {
  const text = detail === undefined ? what : `${what}: ${detail}`;
  return element('li', { 'data-passed': String(passed) }, [
    element('span', { class: 'unseen' }, [passed ? 'passed: ' : 'not passed: ']),
    text,
  ]);
}

/** @param {readonly Invocation[]} invocations Oldest first. @param {readonly string[]} names */
export function showFunctions(invocations, names) {
  keep(
    byId('functions'),
    names,
    (name) => name,
    (name) => ({
      made: element('li', {}, [element('code', {}, [name])]),
    }),
  );
  const newest = invocations
    .map((invocation, index) => ({ ...invocation, index }))
    .slice(-MOST_SHOWN)
    .reverse();
  keep(byId('invocations'), newest, ({ index }) => String(index), invocationRow);
  const none = byId('no-invocations');
  none.hidden = invocations.length > 0;
  setText(none, names.length === 0 ? 'There is no function.' : 'No function has run yet.');
}

/** @param {Invocation} invocation */
function invocationRow(invocation) {
  const { startedAtMs, functionName, mode, attempt, status, durationMs } = invocation;
  const { errorName, errorType, errorMessage } = invocation;
  const why = [errorName ?? errorType, errorMessage].filter((part) => part).join(': ');
  return {
    made: element('tr', {}, [
      element('td', {}, [element('time', {}, [timeOf(startedAtMs)])]),
      element('td', {}, [
        element('span', { class: 'name' }, [functionName]),
        element('span', { class: 'muted' }, [`${mode}, attempt ${attempt}`]),
      ]),
      element('td', {}, [
        element('span', { class: 'state', 'data-state': status === 'succeeded' ? 'good' : 'bad' }, [
          status,
        ]),
        element('span', { class: 'why muted' }, [why]),
      ]),
      element('td', { class: 'number' }, [`${Math.round(durationMs)} ms`]),
    ]),
  };
}

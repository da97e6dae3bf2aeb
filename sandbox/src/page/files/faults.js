import { ask } from './api.js';
import { button, byId, element, keep, setText } from './dom.js';

/**
 * @typedef {{ service: string, operations: string[], codes: string[] }} Service
 * @typedef {{ id: string, service: string, operation: string, effect: { kind: string, code?: string }, when: { first?: number, nth?: number, always?: true, probability?: number }, afterEffect?: boolean, hits: number }} Fault
 */

/**
 * @param {(action: () => Promise<unknown>, done: string) => Promise<void>} perform Runs what a person
 * asked for, and says how it ended.
 */
export function startFaults(perform) {
  const form = /** @type {HTMLFormElement} */ (byId('add-fault'));
  /** @param {string} name */
  const field = (name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  /** @type {readonly Service[]} */
  let services = [];

  function offerOperations() {
    const found = services.find(({ service }) => service === field('service').value);
    offer(field('operation'), ['*', ...(found?.operations ?? [])]);
    offer(field('code'), found?.codes ?? []);
  }
  field('service').addEventListener('change', offerOperations);
  field('kind').addEventListener('change', () => {
    byId('code-field').hidden = field('kind').value !== 'error';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const [service, operation] = [String(data.get('service')), String(data.get('operation'))];
    const kind = String(data.get('kind'));
    const when = data.get('when');
    void perform(
      () =>
        ask('POST', 'faults', {
          service,
          operation,
          effect: kind === 'error' ? { kind, code: String(data.get('code')) } : { kind },
          when: when === 'always' ? { always: true } : { first: Number(when) },
          ...(data.get('afterEffect') === null ? {} : { afterEffect: true }),
        }),
      `${operation === '*' ? 'Every call' : operation} of ${service} will go wrong.`,
    );
  });
  byId('clear-faults').addEventListener('click', () =>
    perform(() => ask('DELETE', 'faults'), 'No call goes wrong any more.'),
  );

  return {
    /** @param {readonly Service[]} offered */
    offer(offered) {
      services = offered;
      offer(
        field('service'),
        services.map(({ service }) => service),
      );
      offerOperations();
    },
    /** @param {readonly Fault[]} faults */
    show(faults) {
      keep(
        byId('faults'),
        faults,
        ({ id }) => id,
        (fault) => faultItem(fault, perform),
      );
      byId('no-faults').hidden = faults.length > 0;
      byId('clear-faults').hidden = faults.length === 0;
    },
  };
}

/** @param {HTMLSelectElement} select @param {readonly string[]} values */
function offer(select, values) {
  select.replaceChildren(
    ...values.map((value) =>
      element('option', { value }, [value === '*' ? 'all operations' : value]),
    ),
  );
}

/**
 * @param {Fault} first
 * @param {(action: () => Promise<unknown>, done: string) => Promise<void>} perform
 */
function faultItem(first, perform) {
  const { id, service, operation, effect, when, afterEffect } = first;
  const hits = element('span', { class: 'muted' });
  const remove = button('Remove', () =>
    perform(() => ask('DELETE', `faults/${encodeURIComponent(id)}`), 'The fault is gone.'),
  );
  const what = `${effect.code ?? effect.kind}${afterEffect ? ', after its effect' : ''}`;
  const made = element('li', {}, [
    element('span', { class: 'grow' }, [
      element('span', { class: 'name' }, [operation === '*' ? 'all operations' : operation]),
      element('span', { class: 'muted' }, [service]),
    ]),
    element('span', { class: 'grow' }, [
      element('span', { class: 'state', 'data-state': 'bad' }, [what]),
      element('span', { class: 'muted' }, [whenText(when)]),
      hits,
    ]),
    remove,
  ]);
  return {
    made,
    /** @param {Fault} fault */
    update: (fault) => setText(hits, fault.hits === 1 ? 'hit once' : `hit ${fault.hits} times`),
  };
}

/** @param {Fault['when']} when */
function whenText({ first, nth, probability }) {
  if (first !== undefined) return first === 1 ? 'the first call' : `the first ${first} calls`;
  if (nth !== undefined) return `call ${nth}`;
  return probability === undefined ? 'every call' : `each with probability ${probability}`;
}

import { expect, test } from 'vitest';
import { createFaults, type Fault } from './faults.ts';

const reset = (when: Fault['when'], operation = 'Get'): Fault => ({
  service: 'config',
  operation,
  effect: { kind: 'reset' },
  when,
});

function hits(fault: Fault, calls: number): boolean[] {
  const faults = createFaults();
  faults.add(fault);
  return Array.from({ length: calls }, () => faults.next('config', 'Get') !== undefined);
}

test('first, nth and always count the calls that match', () => {
  expect(hits(reset({ first: 2 }), 4)).toEqual([true, true, false, false]);
  expect(hits(reset({ nth: 3 }), 4)).toEqual([false, false, true, false]);
  expect(hits(reset({ always: true }), 3)).toEqual([true, true, true]);
});

test('other services and operations do not count; * matches every operation', () => {
  const faults = createFaults();
  faults.add(reset({ first: 1 }));
  expect(faults.next('config', 'List')).toBeUndefined();
  expect(faults.next('log-service', 'Get')).toBeUndefined();
  expect(faults.next('config', 'Get')).toBeDefined();
  faults.add(reset({ first: 1 }, '*'));
  expect(faults.next('config', 'List')).toBeDefined();
});

test('each fault keeps its own count, also of calls that another one hits', () => {
  const faults = createFaults();
  faults.add(reset({ first: 1 }));
  faults.add({ ...reset({ nth: 2 }), effect: { kind: 'hang' } });
  expect(faults.next('config', 'Get')?.effect.kind).toBe('reset');
  expect(faults.next('config', 'Get')?.effect.kind).toBe('hang');
  expect(faults.next('config', 'Get')).toBeUndefined();
});

test('a probability repeats with its seed and is kept over many calls', () => {
  const sequence = hits(reset({ probability: 0.3, seed: 7 }), 2000);
  expect(hits(reset({ probability: 0.3, seed: 7 }), 2000)).toEqual(sequence);
  expect(hits(reset({ probability: 0.3, seed: 8 }), 2000)).not.toEqual(sequence);
  const share = sequence.filter(Boolean).length / sequence.length;
  expect(share).toBeGreaterThan(0.25);
  expect(share).toBeLessThan(0.35);
  expect(() => hits(reset({ probability: 2, seed: 1 }), 1)).toThrow(RangeError);
});

test('a fault that would hit nothing is refused', () => {
  expect(() => hits(reset({} as Fault['when']), 1)).toThrow('first, nth, always, or probability');
});

test('clear takes all of them back', () => {
  const faults = createFaults();
  faults.add(reset({ always: true }));
  faults.clear();
  expect(faults.next('config', 'Get')).toBeUndefined();
});

test('each has an id, counts what it hit, and is removed by itself', () => {
  const faults = createFaults();
  const first = faults.add(reset({ first: 2 }));
  const always = faults.add(reset({ always: true }));
  for (let call = 0; call < 3; call++) faults.next('config', 'Get');
  expect(faults.list()).toMatchObject([
    { id: first, hits: 2, when: { first: 2 } },
    { id: always, hits: 1, operation: 'Get' },
  ]);
  expect([faults.remove(always), faults.remove(always)]).toEqual([true, false]);
  expect(faults.next('config', 'Get')).toBeUndefined();
  expect(faults.list()).toHaveLength(1);
});

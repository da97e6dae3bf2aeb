/**
 * Every property of the template, held against the property validators of the official packages.
 * They ignore what they don't know: so what the class renders has to be all that was given.
 */
import { describe, expect, it } from 'vitest';
import { DOCUMENTED, unknownProperties } from './documented-properties.ts';
import { evaluate } from './evaluate.ts';
import { hasValidator, renderProperties } from './official-validators.ts';
import { TEMPLATE } from './template.ts';

const RESOURCES = Object.entries(TEMPLATE.Resources).map(([id, { Type, Properties }]) => ({
  id,
  type: Type,
  properties: Properties,
}));

const evaluated = (properties: unknown, condition = true): object => {
  const value = evaluate(properties, condition);
  if (typeof value !== 'object' || value === null) throw new Error('Properties are a map.');
  return value;
};

describe('stack.yaml', () => {
  it.each(RESOURCES.filter(({ type }) => hasValidator(type)))(
    '$id is a correct $type',
    ({ type, properties }) => {
      for (const condition of [true, false]) {
        const given = evaluated(properties, condition);
        expect(renderProperties(type, given)).toEqual(given);
      }
    },
  );

  it.each(RESOURCES.filter(({ type }) => !hasValidator(type)))(
    '$id is a documented $type',
    ({ type, properties }) => {
      expect(Object.keys(DOCUMENTED)).toContain(type);
      expect(unknownProperties(type, evaluated(properties))).toEqual([]);
    },
  );
});

describe('the validators', () => {
  const properties = { ProjectName: 'account-onboarding', LogstoreName: 'results', TTL: 7 };
  const render = (more: object) =>
    renderProperties('ALIYUN::SLS::Logstore', { ...properties, ...more });

  it('render what they know', () => {
    expect(render({})).toEqual(properties);
  });

  it('leave out what they don’t know, at any depth', () => {
    expect(render({ Ttl2: 7 })).toEqual(properties);
    const alert = evaluated(TEMPLATE.Resources.HeartbeatAlert?.Properties);
    const wrong: object = JSON.parse(
      JSON.stringify(alert).replace('"NoDataFire"', '"NoDataFires"'),
    );
    expect(renderProperties('ALIYUN::SLS::Alert', wrong)).not.toEqual(wrong);
    const role = evaluated(TEMPLATE.Resources.FunctionRole?.Properties);
    const wrongRole: object = JSON.parse(JSON.stringify(role).replace('"Effect"', '"Efect"'));
    expect(renderProperties('ALIYUN::RAM::Role', wrongRole)).not.toEqual(wrongRole);
  });

  it.each([
    ['a wrong type', { TTL: 'seven' }, /ttl/],
    ['a value out of its range', { MaxSplitShard: 300 }, /maxSplitShard/],
    ['a missing property', { LogstoreName: undefined }, /logstoreName/],
    ['a wrong name', { ProjectName: 'a b c' }, /projectName/],
  ])('refuse %s', (_, more, message) => {
    expect(() => render(more)).toThrow(message);
  });

  it('the documented lists know a typing error', () => {
    expect(unknownProperties('ALIYUN::MNS::Queue', { QueueName: 'q', QueueNmae: 'q' })).toEqual([
      'QueueNmae',
    ]);
  });
});

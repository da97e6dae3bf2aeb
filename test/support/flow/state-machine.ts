/** The fields of a definition, as the service requires them. */
import * as v from 'valibot';

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const text = v.pipe(v.string(), v.nonEmpty());
const data = v.record(v.string(), v.unknown());
const common = { Name: text, Description: v.optional(text) };
const constructors = { InputConstructor: v.optional(data), OutputConstructor: v.optional(data) };
const onward = { Next: v.optional(text), End: v.optional(v.literal(true)) };
const errors = v.pipe(v.array(text), v.minLength(1));

/** The fields as the service's pages require them: of CloudFlow, "Error handling" and each state's. */
const state = v.variant('Type', [
  v.strictObject({ ...common, ...constructors, ...onward, Type: v.literal('Pass') }),
  v.strictObject({ ...common, ...constructors, Type: v.literal('Succeed') }),
  v.strictObject({
    ...common,
    ...constructors,
    Type: v.literal('Fail'),
    Code: v.optional(text),
    Detail: text,
  }),
  v.strictObject({
    ...common,
    ...constructors,
    ...onward,
    Type: v.literal('Wait'),
    Seconds: whole(1, 300),
  }),
  v.strictObject({
    ...common,
    Type: v.literal('Choice'),
    Branches: v.pipe(v.array(v.strictObject({ Condition: text, Next: text })), v.minLength(1)),
    Default: text,
  }),
  v.strictObject({
    ...common,
    ...constructors,
    ...onward,
    Type: v.literal('Task'),
    Action: v.literal('FC:InvokeFunction'),
    TaskMode: v.literal('RequestComplete'),
    Parameters: v.strictObject({
      resourceArn: v.pipe(
        v.string(),
        v.regex(
          /^acs:fc:\$\{ALIYUN::Region\}:\$\{ALIYUN::TenantId\}:functions\/[A-Za-z0-9_-]+\/LATEST$/,
        ),
      ),
      invocationType: v.literal('Sync'),
      'body.$': text,
    }),
    Retry: v.array(
      v.strictObject({
        Description: text,
        Errors: errors,
        MaxAttempts: whole(1, 100),
        IntervalSeconds: whole(1, 86_400),
        BackoffRate: v.optional(v.pipe(v.number(), v.minValue(1))),
        MaxBackoffSeconds: v.optional(whole(1, 86_400)),
      }),
    ),
    Catch: v.array(
      v.strictObject({ Description: text, Errors: errors, OutputConstructor: data, Next: text }),
    ),
  }),
]);

export const machine = v.strictObject({
  Type: v.literal('StateMachine'),
  SpecVersion: v.literal('v1'),
  Name: v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/)),
  StartAt: text,
  States: v.array(state),
});

export type State = v.InferOutput<typeof state>;

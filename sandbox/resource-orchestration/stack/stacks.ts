import { randomUUID } from 'node:crypto';
import type { World } from '../../core/world.ts';
import { invalidParameter, rosError } from '../errors.ts';
import type { ResourceTypes } from '../resources/resource-type.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { type PreparedTemplate, prepareTemplate } from '../template/prepared-template.ts';
import type { Template } from '../template/template.ts';
import { isSameValue } from '../template/value.ts';
import { changesOf, type ResourceChange } from './changes.ts';
import { createStackResources } from './create-stack.ts';
import { deleteStackResources } from './delete-stack.ts';
import { atOnce, type Later, onClock } from './perform.ts';
import { createRecord } from './record.ts';
import type { AppliedTemplate, Stack, StackStatus } from './stack.ts';
import { updateStackResources } from './update-stack.ts';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly stack: Stack;
  readonly next: AppliedTemplate;
  readonly description: string;
  readonly createdAtMs: number;
  readonly timeoutMinutes: number;
  readonly changes: readonly ResourceChange[];
  status: 'CREATE_COMPLETE' | 'CREATE_IN_PROGRESS';
  executionStatus:
    | 'AVAILABLE'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'EXECUTE_IN_PROGRESS'
    | 'UNAVAILABLE';
}

export interface NewStack {
  readonly name: string;
  readonly templateBody: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly disableRollback: boolean;
  readonly timeoutMinutes: number;
}

export interface NewChangeSet {
  readonly changeSetName: string;
  readonly description: string;
  readonly timeoutMinutes: number;
}

export interface StackUpdate {
  readonly templateBody: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** For parameters that are not given. */
  readonly usePreviousParameters: boolean;
}

/** Stacks and change sets. Every look-up throws the code of what is missing. */
export interface Stacks {
  /** In the order of creation; deleted ones too. */
  all(): readonly Stack[];
  stack(id: string): Stack;
  changeSet(id: string): ChangeSet;
  /** At once, whatever the clock says. */
  createNow(given: NewStack): Stack;
  /** A new stack in review, with a change set that would create it. */
  planCreation(given: NewStack & NewChangeSet): ChangeSet;
  planUpdate(stackId: string, given: StackUpdate & NewChangeSet): ChangeSet;
  execute(changeSetId: string): void;
  deleteChangeSet(changeSetId: string): void;
  deleteStack(
    stackId: string,
    retain: { readonly all: boolean; readonly ids: readonly string[] },
  ): void;
  /** Without values for its parameters. */
  readTemplate(templateBody: string): Template;
}

export interface StacksOptions {
  readonly world: World;
  readonly accountId: string;
  readonly types: ResourceTypes;
  /** What one resource takes, on the sandbox's clock. */
  readonly resourceMs: number;
}

/** Source: help.aliyun.com, ROS, "Update a stack by using a change set". */
const UPDATABLE: readonly StackStatus[] = [
  'CREATE_COMPLETE',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
];

export function createStacks({ world, accountId, types, resourceMs }: StacksOptions): Stacks {
  const { clock } = world;
  const record = createRecord(clock);
  const later = onClock(clock, resourceMs);
  const stacks = new Map<string, Stack>();
  const changeSets = new Map<string, ChangeSet>();

  function prepare(
    stack: { readonly id: string; readonly name: string },
    template: Template,
    given: ReadonlyMap<string, string>,
  ): PreparedTemplate {
    const pseudo = {
      'ALIYUN::Region': world.region,
      'ALIYUN::StackId': stack.id,
      'ALIYUN::StackName': stack.name,
      'ALIYUN::TenantId': accountId,
    };
    return prepareTemplate(template, given, (name) => pseudo[name]);
  }

  function open(given: NewStack): Stack {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/.test(given.name)) {
      throw invalidParameter('StackName', 'it must be 1 to 255 letters, digits, - and _');
    }
    const taken = [...stacks.values()].some(
      ({ name, status }) => name === given.name && status !== 'DELETE_COMPLETE',
    );
    if (taken) throw rosError('StackExists', `The Stack (${given.name}) already exists.`);
    const id = randomUUID();
    const template = parseTemplate(given.templateBody, types);
    const prepared = prepare({ id, name: given.name }, template, given.parameters);
    return {
      id,
      name: given.name,
      createdAtMs: clock.now(),
      updatedAtMs: undefined,
      status: 'REVIEW_IN_PROGRESS',
      statusReason: '',
      disableRollback: given.disableRollback,
      timeoutMinutes: given.timeoutMinutes,
      applied: { prepared, given: given.parameters },
      resources: new Map(),
      events: [],
    };
  }

  function create(stack: Stack, how: Later, done: () => void): void {
    createStackResources(stack, { record, later: how, nowMs: clock.now() }, done);
  }

  function addChangeSet(
    { changeSetName: name, description, timeoutMinutes }: NewChangeSet,
    rest: Pick<ChangeSet, 'type' | 'stack' | 'next'>,
  ): ChangeSet {
    const { stack, next } = rest;
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/.test(name)) {
      throw invalidParameter('ChangeSetName', 'it must be 1 to 255 letters, digits, - and _');
    }
    if (changeSetsOf(stack).some((other) => other.name === name)) {
      throw rosError(
        'ChangeSetExists',
        `The ChangeSet (${name}) of Stack (${stack.name}) already exists.`,
      );
    }
    const changeSet: ChangeSet = {
      id: randomUUID(),
      name,
      ...rest,
      description,
      createdAtMs: clock.now(),
      timeoutMinutes,
      changes: changesOf(stack, next.prepared),
      status: 'CREATE_IN_PROGRESS',
      executionStatus: 'UNAVAILABLE',
    };
    changeSets.set(changeSet.id, changeSet);
    later(() => {
      changeSet.status = 'CREATE_COMPLETE';
      changeSet.executionStatus = 'AVAILABLE';
    });
    return changeSet;
  }

  function changeSetsOf(stack: Stack): ChangeSet[] {
    return [...changeSets.values()].filter((changeSet) => changeSet.stack === stack);
  }

  const api: Stacks = {
    all: () => [...stacks.values()],
    stack(id) {
      const stack = stacks.get(id);
      if (stack !== undefined) return stack;
      throw rosError('StackNotFound', `The Stack (${id}) could not be found.`);
    },
    changeSet(id) {
      const changeSet = changeSets.get(id);
      if (changeSet !== undefined) return changeSet;
      throw rosError('ChangeSetNotFound', `The ChangeSet ${id} could not be found.`);
    },
    createNow(given) {
      const stack = open(given);
      stacks.set(stack.id, stack);
      create(stack, atOnce, () => {});
      return stack;
    },
    planCreation(given) {
      const stack = open(given);
      const changeSet = addChangeSet(given, { type: 'CREATE', stack, next: stack.applied });
      stacks.set(stack.id, stack);
      record.stack(stack, 'REVIEW_IN_PROGRESS', 'Stack is in review');
      return changeSet;
    },
    planUpdate(stackId, given) {
      const stack = requireIdle(api.stack(stackId));
      if (!UPDATABLE.includes(stack.status)) {
        throw rosError('NotSupported', `Update of a stack in ${stack.status} is not supported.`);
      }
      const template = parseTemplate(given.templateBody, types);
      const previous = given.usePreviousParameters ? [...stack.applied.given] : [];
      // Former values of parameters that the template has no longer don't count.
      const kept = previous.filter(([name]) => template.parameters.has(name));
      const values = new Map([...kept, ...given.parameters]);
      const prepared = prepare(stack, template, values);
      if (isSameTemplate(stack.applied.prepared, prepared) && stack.status !== 'ROLLBACK_FAILED') {
        throw rosError(
          'NotSupported',
          `Update the completely same stack (${stack.name}) is not supported.`,
        );
      }
      return addChangeSet(given, { type: 'UPDATE', stack, next: { prepared, given: values } });
    },
    execute(changeSetId) {
      const changeSet = api.changeSet(changeSetId);
      const { stack, next, type } = changeSet;
      if (stack.status !== 'REVIEW_IN_PROGRESS') requireIdle(stack);
      if (changeSet.executionStatus !== 'AVAILABLE') {
        throw rosError(
          'NotSupported',
          `Execute of a change set in ${changeSet.status}, ${changeSet.executionStatus} is not supported.`,
        );
      }
      for (const other of changeSetsOf(stack)) {
        if (other !== changeSet) changeSets.delete(other.id);
      }
      changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
      const done = () => {
        changeSet.executionStatus =
          stack.status === `${type}_COMPLETE` ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
      };
      if (type === 'CREATE') {
        create(stack, later, done);
      } else {
        stack.updatedAtMs = clock.now();
        updateStackResources(stack, next, { record, later, nowMs: clock.now() }, done);
      }
    },
    deleteChangeSet(changeSetId) {
      const changeSet = api.changeSet(changeSetId);
      const isDone = changeSet.status === 'CREATE_COMPLETE';
      if (!isDone || !['AVAILABLE', 'UNAVAILABLE'].includes(changeSet.executionStatus)) {
        throw rosError(
          'NotSupported',
          `Delete of a change set in ${changeSet.status}, ${changeSet.executionStatus} is not supported.`,
        );
      }
      changeSets.delete(changeSetId);
    },
    deleteStack(stackId, retain) {
      const stack = api.stack(stackId);
      if (stack.status === 'DELETE_COMPLETE') {
        throw rosError('StackNotFound', `The Stack (${stackId}) could not be found.`);
      }
      if (stack.status !== 'REVIEW_IN_PROGRESS') requireIdle(stack);
      const unknown = retain.ids.find((id) => !stack.resources.has(id));
      if (unknown !== undefined) {
        throw invalidParameter('RetainResources', `the stack has no resource ${unknown}`);
      }
      for (const { id } of changeSetsOf(stack)) changeSets.delete(id);
      const isRetained = ({ id }: { id: string }) => retain.all || retain.ids.includes(id);
      deleteStackResources(stack, isRetained, { record, later }, () => {});
    },
    readTemplate: (templateBody) => parseTemplate(templateBody, types),
  };
  return api;
}

function requireIdle(stack: Stack): Stack {
  const action = /^(.+)_IN_PROGRESS$/.exec(stack.status)?.[1];
  if (action === undefined || action === 'REVIEW') return stack;
  throw rosError(
    'ActionInProgress',
    `Stack ${stack.name} already has an action (${action}) in progress.`,
  );
}

function isSameTemplate(before: PreparedTemplate, after: PreparedTemplate): boolean {
  return (
    isSameValue(before.template.source, after.template.source) &&
    isSameValue(Object.fromEntries(before.parameters), Object.fromEntries(after.parameters))
  );
}

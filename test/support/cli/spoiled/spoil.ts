import { expect } from 'vitest';
import type { DoctorWorld } from '../doctor-world.ts';

/** Makes one thing of a deployment other than it has to be. */
export type Spoil = (world: DoctorWorld) => void;

/** What a check says when a thing is spoiled. */
export type Spoiled = readonly [id: string, what: string, spoil: Spoil, says: RegExp];

/** The function that the tests spoil. */
export const backfill = ({ functions }: DoctorWorld) => functions.backfill ?? expect.fail('none');

export const rule = ({ eventRules }: DoctorWorld) =>
  eventRules['default/account-onboarding'] ?? expect.fail('none');

export const stack = ({ stacks }: DoctorWorld, name = 'account-onboarding') =>
  stacks[name] ?? expect.fail('none');

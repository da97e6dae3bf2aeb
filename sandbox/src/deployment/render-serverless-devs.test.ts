import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDeploymentWorld } from '../testing/function-deployment.ts';
import { renderServerlessDevs } from './render-serverless-devs.ts';

describe('renderServerlessDevs', () => {
  it('fills the variables in, from the environment that it is given', async () => {
    const { file, folder, close } = await createDeploymentWorld();
    const home = process.env.HOME;
    process.env.HOME = mkdtempSync(join(folder, 'home-'));
    process.env.ACCOUNT = 'leak';
    const rendered = await renderServerlessDevs({ file });
    delete process.env.ACCOUNT;
    const left = readdirSync(process.env.HOME);
    process.env.HOME = home;
    expect(rendered).toMatchObject({
      edition: '3.0.0',
      resources: {
        look: { props: { role: 'acs:ram::1000000000000001:role/onboarding' } },
        sweep: { props: { code: join(folder, 'dist/sweep') } },
      },
    });
    const other = await renderServerlessDevs({ file, env: { ACCOUNT: '42' } });
    expect(other).toMatchObject({
      resources: { look: { props: { role: 'acs:ram::42:role/onboarding' } } },
    });
    await close();
    expect(left).toEqual([]);
  });

  it('says what is wrong with a file', async () => {
    await expect(renderServerlessDevs({ file: '/nowhere/s.yaml' })).rejects.toThrow(
      /s preview failed/,
    );
    const folder = mkdtempSync(join(tmpdir(), 'render-'));
    const file = join(folder, 's.yaml');
    try {
      writeFileSync(
        file,
        `edition: 3.0.0\nname: x\nresources:\n  a:\n    component: fc3\n    props:\n      region: \${vars.nope}\n`,
      );
      await expect(renderServerlessDevs({ file })).rejects.toThrow(/\$\{vars\.nope\} not found$/);
      writeFileSync(file, 'a: [');
      await expect(renderServerlessDevs({ file })).rejects.toThrow(/format is incorrect/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

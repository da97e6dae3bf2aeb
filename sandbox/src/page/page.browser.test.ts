import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../index.ts';
import { launchChromium, whyNoChromium } from '../testing/chromium.ts';
import { startPageScene } from '../testing/page-scene.ts';

// A browser shares two cores with the other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const missing = whyNoChromium();
if (missing !== undefined) process.stderr.write(`The page is not tested: ${missing}.\n`);

const HOSTILE = 'x<img src=x onerror=alert(1)>';

describe.skipIf(missing !== undefined)('the page at the root', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** Opened, with what it complains of. */
  async function open(sandbox: Pick<Sandbox, 'endpoint'>, colorScheme: 'dark' | 'light' = 'light') {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (entry) => entry.type() === 'error' && complaints.push(entry.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(sandbox.endpoint)) complaints.push(request.url());
    });
    onTestFinished(() => context.close());
    await page.goto(sandbox.endpoint);
    await page.getByText('connected').waitFor();
    return { page, complaints };
  }

  async function start(seed: Parameters<typeof createSandbox>[0]): Promise<Sandbox> {
    const sandbox = await createSandbox({ speed: 0, ...seed });
    onTestFinished(() => sandbox.close());
    return sandbox;
  }

  const rowOf = (page: Page, name: string) => page.locator('#accounts tr', { hasText: name });
  const said = (page: Page, text: string) => page.locator('#message', { hasText: text }).waitFor();

  test('an account is created, and its recorder moves as the clock does', async () => {
    const sandbox = await start({ config: { organization: 'on', memberBuildMs: 240_000 } });
    const { page, complaints } = await open(sandbox);
    await page.getByLabel('Display name').fill('shop');
    await page.keyboard.press('Enter');
    await said(page, 'shop is a member.');
    await page.getByRole('button', { name: '+10 s' }).click();
    await rowOf(page, 'shop').getByText('BUILDING').waitFor();
    await rowOf(page, 'shop')
      .getByText(/^3:\d\d left$/)
      .waitFor();
    await page.getByRole('button', { name: '+10 min' }).click();
    await rowOf(page, 'shop').getByText('REGISTERED').waitFor();
    expect(sandbox.directory.accounts()).toMatchObject([{ displayName: 'shop' }]);
    expect(complaints).toEqual([]);
  });

  test('an account is invited and accepts, another is promoted and confirmed', async () => {
    const sandbox = await start({ members: [{ displayName: 'shop' }] });
    const { page } = await open(sandbox);
    await page.getByLabel('Account id').fill('1000000000000042');
    await page.getByRole('button', { name: 'Invite' }).click();
    await rowOf(page, '1000000000000042').getByRole('button', { name: 'Accept' }).click();
    await rowOf(page, '1000000000000042').getByText('InviteSuccess').waitFor();
    await rowOf(page, 'shop').getByRole('button', { name: 'Promote' }).click();
    // Enter in the field is not to cancel.
    await page.keyboard.press('Enter');
    await rowOf(page, 'shop').getByRole('button', { name: 'Confirm by e-mail' }).click();
    await rowOf(page, 'shop').getByText('PromoteSuccess').waitFor();
    expect(sandbox.directory.accounts().map(({ status }) => status)).toEqual([
      'PromoteSuccess',
      'InviteSuccess',
    ]);
  });

  test('a fault is injected, hits, and is removed; requests say what was checked', async () => {
    const sandbox = await start({});
    const { page } = await open(sandbox);
    const form = page.locator('#add-fault');
    await form.locator('[name=service]').selectOption('config');
    await form.locator('[name=operation]').selectOption('StartConfigurationRecorder');
    await form.locator('[name=code]').selectOption('ProcessIsRunning');
    await form.getByRole('button', { name: 'Inject' }).click();
    await page.locator('#faults').getByText('hit 0 times').waitFor();
    await page.getByRole('button', { name: 'Turn enterprise mode on' }).click();
    await said(page, '400 ProcessIsRunning');
    await page.locator('#faults').getByText('hit once').waitFor();
    const request = page.locator('#requests tr', { hasText: 'StartConfigurationRecorder' });
    expect(await request.locator('.checks li').allTextContents()).toEqual([
      'passed: signature',
      'passed: quota: 60 in 60 s',
      'not passed: fault: error',
    ]);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No call goes wrong.').waitFor();
    expect(sandbox.world.faults.list()).toEqual([]);
  });

  test('a reset asks first, and one from elsewhere shows too', async () => {
    const sandbox = await start({});
    const { page } = await open(sandbox);
    sandbox.directory.addAccount({ displayName: 'shop' });
    await rowOf(page, 'shop').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.keyboard.press('Escape');
    expect(sandbox.directory.accounts()).toHaveLength(1);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await rowOf(page, 'shop').waitFor({ state: 'detached' });
    await said(page, 'The sandbox is back at its seed.');
    await sandbox.reset({ members: [{ displayName: 'website' }] });
    await rowOf(page, 'website').waitFor();
    await page.getByText('No call has arrived yet.').waitFor();
  });

  test('functions show what they ran, and how it ended', async () => {
    const scene = await startPageScene();
    onTestFinished(() => scene.cleanUp());
    const { page } = await open(scene);
    for (const name of ['shop', 'lab']) {
      await page.getByLabel('Display name').fill(name);
      await page.getByRole('button', { name: 'Create' }).click();
      await said(page, `${name} is a member.`);
    }
    const outcomes = page.locator('#invocations');
    await outcomes.getByText('succeeded').waitFor();
    await outcomes.getByText('RangeError: there is no room for a lab').first().waitFor();
  });

  test.each(['light', 'dark'] as const)('in %s nobody is left out', async (scheme) => {
    const { page } = await open(
      await start({ members: 2, config: { organization: 'on' } }),
      scheme,
    );
    await page.getByRole('button', { name: 'Start it again' }).click();
    await said(page, 'Enterprise mode');
    await page.evaluate(axe.source);
    const found = await page.evaluate(
      'axe.run().then(({ violations }) =>' +
        ' violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))',
    );
    expect(found).toEqual([]);
  });

  test('what callers name is text, and the focus stays where it is', async () => {
    const sandbox = await start({});
    sandbox.directory.addAccount({ displayName: HOSTILE });
    const { page, complaints } = await open(sandbox);
    await rowOf(page, HOSTILE).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await rowOf(page, HOSTILE).getByRole('button', { name: 'Promote' }).focus();
    sandbox.directory.addAccount({ displayName: 'later' });
    await rowOf(page, 'later').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Promote');
    expect(complaints).toEqual([]);
  });
});

import { fileURLToPath } from 'node:url';
import { launchChromium } from '../src/testing/chromium.ts';
import { callAsRoot, startPageScene } from '../src/testing/page-scene.ts';

/** Writes docs/page.png: the page at the root, of a sandbox in which something has happened. */
const DIRECTORY = '2020-03-31';

const scene = await startPageScene();
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1420 } });
  await page.goto(scene.endpoint);
  for (const name of ['shop', 'lab']) {
    await callAsRoot(scene, DIRECTORY, 'CreateResourceAccount', { DisplayName: name });
  }
  await callAsRoot(scene, DIRECTORY, 'InviteAccountToResourceDirectory', {
    TargetEntity: '1000000000000042',
    TargetType: 'Account',
  });
  await page.getByRole('button', { name: '+1 min' }).click();
  await page.locator('#message', { hasText: 'moved on' }).waitFor();
  scene.faults.add({
    service: 'config',
    operation: 'StartConfigurationRecorder',
    effect: { kind: 'error', code: 'ProcessIsRunning' },
    when: { first: 1 },
  });
  await page.getByRole('button', { name: 'Start it again' }).click();
  await page.locator('#message', { hasText: 'ProcessIsRunning' }).waitFor();
  await page.locator('#faults').getByText('hit once').waitFor();
  await page.locator('#invocations').getByText('RangeError').first().waitFor();
  await page.screenshot({ path: fileURLToPath(new URL('../docs/page.png', import.meta.url)) });
} finally {
  await browser.close();
  await scene.cleanUp();
}

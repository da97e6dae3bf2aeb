import AdmZip from 'adm-zip';

/** A ZIP whose `index.js` has this body. */
export function zipOf(source: string, more: Readonly<Record<string, string>> = {}): Buffer {
  const zip = new AdmZip();
  zip.addFile('index.js', Buffer.from(source));
  for (const [path, text] of Object.entries(more)) zip.addFile(path, Buffer.from(text));
  return zip.toBuffer();
}

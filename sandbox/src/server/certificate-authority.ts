import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { AsnConvert, AsnSerializer, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';
import { CLOUD_DOMAIN } from './host-name.ts';

const DAY_MS = 86_400_000;
/** Apple's and others' clients take no longer for a certificate of a host. */
const HOST_DAYS = 365;
const AUTHORITY_DAYS = 3650;
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';

/** A certificate and its key, in PEM. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Vouches for hosts of the cloud, and for no others: its certificate says so. */
export interface CertificateAuthority {
  /** PEM: what clients have to trust. */
  readonly certificate: string;
  /** What a TLS server at that host of the cloud shows. Made once a host. */
  contextOf(host: string): SecureContext;
}

/**
 * A new one, good for ten years of real time, and for hosts of the cloud only: whoever gets hold of its
 * key can stand in for nothing else before those who trust it.
 */
export function newAuthority(): KeyedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = commonName(`Alibaba Cloud sandbox ${randomBytes(4).toString('hex')}`);
  const domain = new x509.GeneralSubtree({
    base: new x509.GeneralName({ dNSName: CLOUD_DOMAIN }),
  });
  const addresses = ['0.0.0.0/0', '::/0'].map(
    (iPAddress) => new x509.GeneralSubtree({ base: new x509.GeneralName({ iPAddress }) }),
  );
  const certificate = signedCertificate({
    subject: name,
    issuer: name,
    publicKey,
    signingKey: privateKey,
    authorityKey: publicKey,
    days: AUTHORITY_DAYS,
    extensions: [
      extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true }), true),
      extension(
        x509.id_ce_keyUsage,
        new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign),
        true,
      ),
      extension(
        x509.id_ce_nameConstraints,
        new x509.NameConstraints({
          permittedSubtrees: new x509.GeneralSubtrees([domain]),
          excludedSubtrees: new x509.GeneralSubtrees(addresses),
        }),
        true,
      ),
    ],
  });
  return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** Throws for a key that is not that of the certificate. */
export function openAuthority({ certificate, key }: KeyedCertificate): CertificateAuthority {
  const own = new X509Certificate(certificate);
  const signingKey = createPrivateKey(key);
  if (!own.checkPrivateKey(signingKey)) throw new Error('The key is not that of the certificate.');
  const issuer = AsnConvert.parse(own.raw, x509.Certificate).tbsCertificate.subject;
  const hostKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hostKeyPem = hostKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const contexts = new Map<string, SecureContext>();

  function certificateOf(host: string): string {
    return signedCertificate({
      subject: commonName(CLOUD_DOMAIN),
      issuer,
      publicKey: hostKey.publicKey,
      signingKey,
      authorityKey: createPublicKey(signingKey),
      days: HOST_DAYS,
      extensions: [
        extension(
          x509.id_ce_keyUsage,
          new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature),
          true,
        ),
        extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
        extension(
          x509.id_ce_subjectAltName,
          new x509.SubjectAlternativeName([new x509.GeneralName({ dNSName: host })]),
        ),
      ],
    });
  }

  return {
    certificate,
    contextOf(host) {
      const context =
        contexts.get(host) ?? createSecureContext({ key: hostKeyPem, cert: certificateOf(host) });
      contexts.set(host, context);
      return context;
    },
  };
}

/** Signed with SHA-256, in PEM. Valid from yesterday on, as a client's clock may be behind. */
function signedCertificate(given: {
  readonly subject: x509.Name;
  readonly issuer: x509.Name;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly authorityKey: KeyObject;
  readonly days: number;
  readonly extensions: readonly x509.Extension[];
}): string {
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const fromMs = Date.now() - DAY_MS;
  const toSign = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: positiveNumber(randomBytes(16)),
    signature: algorithm,
    issuer: given.issuer,
    subject: given.subject,
    validity: new x509.Validity({
      notBefore: new Date(fromMs),
      notAfter: new Date(fromMs + given.days * DAY_MS),
    }),
    subjectPublicKeyInfo: publicKeyInfo(given.publicKey),
    extensions: new x509.Extensions([
      ...given.extensions,
      extension(
        x509.id_ce_subjectKeyIdentifier,
        new x509.SubjectKeyIdentifier(keyIdentifier(given.publicKey)),
      ),
      extension(
        x509.id_ce_authorityKeyIdentifier,
        new x509.AuthorityKeyIdentifier({
          keyIdentifier: new x509.KeyIdentifier(keyIdentifier(given.authorityKey)),
        }),
      ),
    ]),
  });
  const signature = sign('sha256', Buffer.from(AsnSerializer.serialize(toSign)), given.signingKey);
  const certificate = new x509.Certificate({
    tbsCertificate: toSign,
    signatureAlgorithm: algorithm,
    signatureValue: toArrayBuffer(signature),
  });
  return new X509Certificate(Buffer.from(AsnSerializer.serialize(certificate))).toString();
}

function extension(extnID: string, value: unknown, critical = false): x509.Extension {
  const extnValue = new OctetString(AsnSerializer.serialize(value));
  return new x509.Extension({ extnID, critical, extnValue });
}

function commonName(text: string): x509.Name {
  const value = new x509.AttributeValue({ utf8String: text });
  const attribute = new x509.AttributeTypeAndValue({ type: COMMON_NAME, value });
  return new x509.Name([new x509.RelativeDistinguishedName([attribute])]);
}

function publicKeyInfo(key: KeyObject): x509.SubjectPublicKeyInfo {
  const der = key.export({ type: 'spki', format: 'der' });
  return AsnConvert.parse(der, x509.SubjectPublicKeyInfo);
}

/** RFC 5280, 4.2.1.2, method 1. */
function keyIdentifier(key: KeyObject): ArrayBuffer {
  const { subjectPublicKey } = publicKeyInfo(key);
  return toArrayBuffer(createHash('sha1').update(Buffer.from(subjectPublicKey)).digest());
}

/** Of ASN.1, whose first bit is the sign. */
function positiveNumber(bytes: Buffer): ArrayBuffer {
  return toArrayBuffer(Buffer.concat([Buffer.from([1]), bytes]));
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

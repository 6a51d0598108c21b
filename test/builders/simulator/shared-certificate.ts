import { type Certificate, makeCertificate } from '../../../src/simulator/http/certificate.ts';

let made: Promise<Certificate> | undefined;

/** Gives one certificate to all simulated tenants of a process: making one costs as much as starting a tenant. */
export function sharedCertificate(): Promise<Certificate> {
  made ??= makeCertificate(Date.now());
  return made;
}

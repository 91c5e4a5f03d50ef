/** Connections that wait as long as whoever asks: some services answer after minutes. */
import { Agent } from 'undici';
import { lookupPublic } from './hosts.ts';

const WAITING = { headersTimeout: 0, bodyTimeout: 0 };
const CONNECT_MS = 20_000;

/** To where this machine's settings say that a service is, which may be this computer. */
export const PATIENT = new Agent({ ...WAITING, connect: { timeout: CONNECT_MS } });
/** To where a service sends us: never into this network. */
export const PATIENT_OUTWARD = new Agent({ ...WAITING, connect: { timeout: CONNECT_MS, lookup: lookupPublic } });

/** Connections that wait as long as whoever asks: some services answer after minutes. */
import { Agent } from 'undici';

export const PATIENT = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 20_000 } });

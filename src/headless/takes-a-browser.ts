/** What a command cannot do: a clip is encoded, and what a service made is decoded, by browsers only. */
import { NodeError } from '../core/errors.ts';

const IN_THE_APP = 'Run this graph in the app.';

export const notDelivered = () =>
  new NodeError('unsupported', 'A clip is encoded by the browser, so it cannot be delivered here.', {
    hint: IN_THE_APP,
  });

export const notSent = () =>
  new NodeError('unsupported', 'A clip is encoded by the browser, so it cannot be sent to a service from here.', {
    hint: 'Run this graph in the app, or begin with a still.',
  });

export const notDecoded = () =>
  new NodeError('unsupported', 'What a service made is delivered here as it came; changing it takes a browser.', {
    hint: 'Run this graph in the app, or leave out the steps between the service and the delivery.',
  });

export const notMeasured = () =>
  new NodeError('unsupported', 'A clip from a service is measured by browsers only, so nothing can be accepted here.', {
    hint: 'Run this graph in the app, or leave out its acceptance.',
  });

export const notHere = () =>
  new NodeError('unsupported', 'The file that was chosen for it did not come along, or cannot be read here.', {
    hint: 'Save the graph with its pictures, or run it in the app.',
  });

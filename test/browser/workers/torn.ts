/** A worker whose script throws while it loads, as where the browser lacks something. */
throw new Error('Thrown while it loads.');

import { defineNode, filledIn, NodeError, own, p, say, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'prompt',
  layer: 'control',
  version: 1,
  title: 'Prompt',
  summary: 'Says what to make, and what to leave out.',
  docs: 'Write what should be seen: subject, place, light, weather, lens, style, mood. Words in {{double braces}} are variables: give each a value below and reuse the prompt as a template. The negative prompt removes what it names.',
  example: {
    text: 'a {{product}} on a plinth, soft light',
    negative: 'people',
    variables: { product: 'glass bottle' },
  },
  inputs: {},
  outputs: { prompt: s.prompt() },
  params: {
    text: p.text({
      label: 'Prompt',
      default: 'a lighthouse on a rocky coast at golden hour',
      rows: 5,
      placeholder: 'What should be seen?',
    }),
    negative: p.text({ label: 'Negative prompt', default: '', rows: 2, placeholder: 'What should not be seen?' }),
    variables: p.variables({ label: 'Variables', of: 'text', help: 'One value for each variable in the prompt.' }),
  },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    const fill = (text: string) =>
      filledIn(text, (name) => {
        const value = own(params.variables, name);
        if (!value)
          throw new NodeError('bad-params', say('The prompt uses {0}, which has no value.', `{{${name}}}`), {
            hint: 'Give it a value under Variables, or remove the braces.',
          });
        return value;
      });
    const text = fill(params.text).trim();
    if (!text) throw new NodeError('bad-params', 'The prompt is empty.', { hint: 'Write what should be seen.' });
    return { prompt: { kind: 'prompt', text, negative: fill(params.negative).trim() } };
  },
});

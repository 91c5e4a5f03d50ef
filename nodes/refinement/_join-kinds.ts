/** How two clips can meet. Apart from how it is done, which a page that only offers them does not load. */
export const JOINS = ['cut', 'shared keyframe', 'crossfade', 'match cut'] as const;

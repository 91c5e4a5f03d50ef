/** What a generation node assumes for control inputs that are not connected. */
export const DEFAULT_SEED = { kind: 'seed', seed: 1, locked: true } as const;
export const DEFAULT_GUIDANCE = { kind: 'guidance', scale: 7 } as const;
export const DEFAULT_ASPECT = { kind: 'aspect', ratio: [3, 2], width: 1620, height: 1080 } as const;
export const DEFAULT_MOTION = { kind: 'motion', move: 'push in', amount: 0.6, easing: 'ease in-out', seconds: 2, fps: 24 } as const;

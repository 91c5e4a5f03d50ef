/** Frame shapes by platform, at 1080 px on the short side. */
export const ASPECTS = {
  '1:1': { width: 1080, height: 1080, use: 'Square post, catalogue' },
  '4:5': { width: 1080, height: 1350, use: 'Portrait post' },
  '3:2': { width: 1620, height: 1080, use: 'Photo, print' },
  '16:9': { width: 1920, height: 1080, use: 'Video, web hero' },
  '21:9': { width: 2520, height: 1080, use: 'Cinema, banner' },
  '9:16': { width: 1080, height: 1920, use: 'Story, reel, short' },
} as const;
export const ASPECT_NAMES = Object.keys(ASPECTS) as (keyof typeof ASPECTS)[];

/** Things that hold something. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, ring, turned } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round } from '../drawing.ts';

export const VESSELS = {
  bottle: drawn(
    'bottle|wine|wine bottle|water bottle|flask|beer|champagne|whisky|whiskey|liquor|olive oil|soda bottle|vinegar|beverage',
    { habitat: 'table', scale: 0.2 },
    lathe('body', turned([[-0.78, 0.055], [-0.7, 0.055], [-0.62, 0.075], [-0.54, 0.14], [-0.46, 0.155], [-0.1, 0.155], [-0.03, 0.15], [0, 0.135]])),
    lathe('accent', turned([[-1, 0.058], [-0.97, 0.062], [-0.9, 0.062], [-0.78, 0.058]], true)),
    lathe('pale', rectangle(-0.15, -0.38, 0.3, 0.22)),
    flat('deep', rectangle(-0.07, -0.3, 0.14, 0.018), rectangle(-0.045, -0.26, 0.09, 0.012)),
  ),
  perfume: drawn(
    'perfume|fragrance|cologne|parfum|scent|eau de toilette|aftershave|serum|essence|skincare|cosmetic|lotion|makeup|beauty product|nail polish',
    { habitat: 'table', scale: 0.14, colour: lch(0.8, 0.07, 70) },
    round('body', rectangle(-0.27, -0.66, 0.54, 0.66, 0.06)),
    flat('pale', rectangle(-0.215, -0.6, 0.43, 0.52, 0.03)),
    lathe('metal', rectangle(-0.075, -0.75, 0.15, 0.09)),
    lathe('accent', turned([[-1, 0.115], [-0.985, 0.12], [-0.77, 0.12], [-0.755, 0.115]], true)),
    flat('deep', rectangle(-0.1, -0.38, 0.2, 0.02), rectangle(-0.06, -0.335, 0.12, 0.012)),
  ),
  jar: drawn(
    'jar|cream|honey|jam|pot of cream|moisturizer|moisturiser|preserve',
    { habitat: 'table', scale: 0.12 },
    lathe('body', turned([[-0.66, 0.36], [-0.6, 0.42], [-0.5, 0.44], [-0.1, 0.44], [-0.02, 0.41], [0, 0.38]])),
    lathe('accent', rectangle(-0.4, -0.88, 0.8, 0.22, 0.03)),
    lathe('pale', rectangle(-0.43, -0.46, 0.86, 0.26)),
    flat('deep', rectangle(-0.14, -0.36, 0.28, 0.03), rectangle(-0.09, -0.3, 0.18, 0.02)),
  ),
  can: drawn(
    'can|tin|soda|cola|energy drink|beer can',
    { habitat: 'table', scale: 0.13 },
    lathe('body', turned([[-0.95, 0.2], [-0.9, 0.25], [-0.84, 0.265], [-0.07, 0.265], [-0.02, 0.24], [0, 0.2]], true)),
    lathe('metal', turned([[-1, 0.2], [-0.985, 0.21], [-0.95, 0.2]], true)),
    lathe('accent', rectangle(-0.265, -0.62, 0.53, 0.2)),
    flat('light', rectangle(-0.1, -0.54, 0.2, 0.035)),
  ),
  box: drawn(
    'box|package|packaging|carton|gift|present|cube|crate|container',
    { habitat: 'table', scale: 0.3 },
    flat('body', [-0.45, -0.78, 0.12, -0.68, 0.12, 0, -0.45, -0.1]),
    flat('deep', [0.12, -0.68, 0.5, -0.8, 0.5, -0.13, 0.12, 0]),
    flat('pale', [-0.45, -0.78, -0.06, -0.9, 0.5, -0.8, 0.12, -0.68]),
    flat('accent', [-0.2, -0.735, -0.1, -0.717, -0.1, -0.045, -0.2, -0.06], [-0.2, -0.735, -0.1, -0.717, 0.27, -0.84, 0.17, -0.858]),
  ),
  cup: drawn(
    'cup|mug|coffee|tea|espresso|cappuccino|latte|teacup|cocoa|hot chocolate|matcha',
    { habitat: 'table', scale: 0.11, fromAbove: [flat('body', ...ring(0.42, -0.5, 0.16, 0.09)), round('body', ellipse(0, -0.5, 0.42)), flat('deep', ellipse(0, -0.5, 0.37)), round('wood', ellipse(0, -0.5, 0.35)), flat('pale', ...d('M-.1 -.5 C-.2 -.7 0 -.7 0 -.58 C0 -.7 .2 -.7 .1 -.5 L0 -.36 Z'))] },
    flat('body', ...ring(0.44, -0.48, 0.22, 0.14)),
    lathe('body', turned([[-0.88, 0.42], [-0.6, 0.42], [-0.3, 0.37], [-0.12, 0.28], [-0.05, 0.22], [0, 0.22]])),
    flat('deep', ellipse(0, -0.88, 0.42, 0.085)),
    flat('wood', ellipse(0, -0.868, 0.38, 0.068)),
  ),
  teapot: drawn(
    'teapot|kettle|tea pot|samovar',
    { habitat: 'table', scale: 0.16 },
    flat('body', ...ring(-0.5, -0.45, 0.25, 0.17)),
    round('body', ...d('M.3 -.5 C.5 -.52 .52 -.72 .7 -.8 L.78 -.74 C.66 -.6 .64 -.28 .32 -.22 Z')),
    lathe('body', turned([[-0.78, 0.16], [-0.72, 0.26], [-0.55, 0.42], [-0.38, 0.47], [-0.18, 0.42], [-0.05, 0.28], [0, 0.26]])),
    lathe('pale', turned([[-0.86, 0.05], [-0.82, 0.14], [-0.77, 0.2]])),
    round('accent', ellipse(0, -0.92, 0.06)),
  ),
  vase: drawn(
    'vase|urn|amphora|pottery|carafe|jug|pitcher',
    { habitat: 'table', scale: 0.35 },
    lathe('body', turned([[-1, 0.17], [-0.96, 0.15], [-0.86, 0.1], [-0.72, 0.16], [-0.5, 0.29], [-0.32, 0.3], [-0.12, 0.2], [-0.02, 0.15], [0, 0.16]])),
    flat('deep', ellipse(0, -1, 0.165, 0.03)),
  ),
  bowl: drawn(
    'bowl|salad|soup bowl|cereal|dish|food|meal',
    { habitat: 'table', scale: 0.12, fromAbove: [round('body', ellipse(0, -0.5, 0.5)), flat('deep', ellipse(0, -0.5, 0.44)), round('leaf', ellipse(-0.14, -0.6, 0.2), ellipse(0.14, -0.58, 0.19), ellipse(0.02, -0.38, 0.2)), round('accent', ellipse(-0.2, -0.42, 0.1), ellipse(0.2, -0.4, 0.1), ellipse(0, -0.66, 0.09))] },
    lathe('body', turned([[-0.6, 0.6], [-0.45, 0.57], [-0.22, 0.42], [-0.08, 0.22], [-0.06, 0.2], [0, 0.22]])),
    flat('deep', ellipse(0, -0.6, 0.6, 0.13)),
    flat('accent', ellipse(0, -0.585, 0.54, 0.1)),
    round('leaf', ellipse(-0.15, -0.62, 0.14, 0.06), ellipse(0.2, -0.61, 0.1, 0.05)),
    round('pale', ellipse(0.05, -0.63, 0.1, 0.06)),
  ),
  glass: drawn(
    'wine glass|goblet|cocktail|martini|champagne glass|drinking glass',
    { habitat: 'table', scale: 0.2 },
    lathe('glass', turned([[-1, 0.2], [-0.8, 0.25], [-0.64, 0.23], [-0.5, 0.1], [-0.45, 0.03], [-0.2, 0.02], [-0.05, 0.025], [-0.02, 0.16], [0, 0.19]])),
    lathe('body', turned([[-0.8, 0.235], [-0.66, 0.215], [-0.53, 0.1], [-0.5, 0.04]])),
    flat('pale', ellipse(0, -0.8, 0.235, 0.028)),
  ),
};

/** Every screen there is: what it is called, what draws it, and its place in the rail. */
import {
  BookOpen,
  Clapperboard,
  ClipboardList,
  GraduationCap,
  Grid3x3,
  GalleryThumbnails,
  Images,
  LayoutGrid,
  ReceiptText,
  Settings as SettingsIcon,
  Split,
  SwatchBook,
  Table2,
  Workflow,
} from 'lucide-react';
import { Gallery } from './gallery.tsx';
import { part } from './part.tsx';
import { w } from '../words/t.ts';

const Editor = part(() => import('./editor.tsx'));
export const Shared = part(() => import('./pages/shared-page.tsx'));

/** In English: the words are looked up when they are shown. `subject`: as the beginning of a sentence. */
export const SCREENS = {
  gallery: { subject: w('The gallery'), Body: Gallery, rail: { name: w('Templates'), icon: LayoutGrid } },
  graph: { subject: w('The editor'), Body: Editor, rail: { name: w('Editor'), icon: Workflow } },
  template: { subject: w('The editor'), Body: Editor },
  form: {
    subject: w('The form'),
    Body: part(() => import('./pages/form-page.tsx')),
    rail: { name: w('Form'), icon: ClipboardList },
  },
  shots: {
    subject: w('The strip of shots'),
    Body: part(() => import('./pages/shots-page.tsx')),
    rail: { name: w('Shots'), icon: Clapperboard },
  },
  batch: {
    subject: w('The batch'),
    Body: part(() => import('./pages/batch-page.tsx')),
    rail: { name: w('Batch'), icon: Table2 },
  },
  review: {
    subject: w('The review'),
    Body: part(() => import('./pages/review-page.tsx')),
    rail: { name: w('Review'), icon: Images },
  },
  compare: {
    subject: w('The comparison'),
    Body: part(() => import('./pages/compare-page.tsx')),
    rail: { name: w('Compare'), icon: Grid3x3 },
  },
  results: {
    subject: w('The results'),
    Body: part(() => import('./pages/results-page.tsx')),
    rail: { name: w('Results'), icon: GalleryThumbnails },
  },
  versions: { subject: w('The versions'), Body: part(() => import('./pages/versions-page.tsx')) },
  lesson: { subject: w('The lesson that is written'), Body: part(() => import('./pages/writing-page.tsx')) },
  routing: {
    subject: w('The routing page'),
    Body: part(() => import('./pages/routing-page.tsx')),
    rail: { name: w('Routing'), icon: Split },
  },
  catalog: {
    subject: w('The catalog'),
    Body: part(() => import('./pages/catalog-page.tsx')),
    rail: { name: w('Catalog'), icon: BookOpen },
  },
  campaign: {
    subject: w('The campaign'),
    Body: part(() => import('./pages/campaign-page.tsx')),
    rail: { name: w('Campaign'), icon: SwatchBook },
  },
  audit: {
    subject: w('The audit'),
    Body: part(() => import('./pages/audit-page.tsx')),
    rail: { name: w('Audit'), icon: ReceiptText },
  },
  lessons: {
    subject: w('The lessons'),
    Body: part(() => import('./pages/lessons-page.tsx')),
    rail: { name: w('Lessons'), icon: GraduationCap },
  },
  class: { subject: w('The class page'), Body: part(() => import('./pages/class-page.tsx')) },
  settings: {
    subject: w('The settings'),
    Body: part(() => import('./pages/settings-page.tsx')),
    rail: { name: w('Settings'), icon: SettingsIcon },
  },
  comfyui: { subject: w('The workflow'), Body: part(() => import('./pages/comfyui-page.tsx')) },
  shared: { subject: w('The graph in this link'), Body: Shared },
} as const;

/** In this order; the settings stand apart, at its foot. */
export const RAIL = [
  'gallery',
  'graph',
  'form',
  'shots',
  'batch',
  'review',
  'compare',
  'results',
  'routing',
  'catalog',
  'campaign',
  'audit',
  'lessons',
] as const;
export type RailScreen = (typeof RAIL)[number] | 'settings';
const OF_GRAPH = ['graph', 'form', 'shots', 'batch', 'review', 'compare'] as const;
/** Sides of a graph, which are there while one is open. */
export const isOfGraph = (screen: RailScreen): screen is (typeof OF_GRAPH)[number] =>
  (OF_GRAPH as readonly string[]).includes(screen);

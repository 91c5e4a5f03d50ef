/** Every screen there is: what it is called, what draws it, and its place in the rail. */
import {
  BookOpen,
  ClipboardList,
  Images,
  LayoutGrid,
  ReceiptText,
  Settings as SettingsIcon,
  Split,
  Table2,
  Workflow,
} from 'lucide-react';
import { Gallery } from './gallery.tsx';
import { part } from './part.tsx';
import { t } from '../words/t.ts';

const Editor = part(() => import('./editor.tsx'));
export const Shared = part(() => import('./pages/shared-page.tsx'));

/** `subject`: as the beginning of a sentence. */
export const SCREENS = {
  gallery: { subject: t('The gallery'), Body: Gallery, rail: { name: t('Templates'), icon: LayoutGrid } },
  graph: { subject: t('The editor'), Body: Editor, rail: { name: t('Editor'), icon: Workflow } },
  template: { subject: t('The editor'), Body: Editor },
  form: {
    subject: t('The form'),
    Body: part(() => import('./pages/form-page.tsx')),
    rail: { name: t('Form'), icon: ClipboardList },
  },
  batch: {
    subject: t('The batch'),
    Body: part(() => import('./pages/batch-page.tsx')),
    rail: { name: t('Batch'), icon: Table2 },
  },
  review: {
    subject: t('The review'),
    Body: part(() => import('./pages/review-page.tsx')),
    rail: { name: t('Review'), icon: Images },
  },
  versions: { subject: t('The versions'), Body: part(() => import('./pages/versions-page.tsx')) },
  routing: {
    subject: t('The routing page'),
    Body: part(() => import('./pages/routing-page.tsx')),
    rail: { name: t('Routing'), icon: Split },
  },
  catalog: {
    subject: t('The catalog'),
    Body: part(() => import('./pages/catalog-page.tsx')),
    rail: { name: t('Catalog'), icon: BookOpen },
  },
  audit: {
    subject: t('The audit'),
    Body: part(() => import('./pages/audit-page.tsx')),
    rail: { name: t('Audit'), icon: ReceiptText },
  },
  settings: {
    subject: t('The settings'),
    Body: part(() => import('./pages/settings-page.tsx')),
    rail: { name: t('Settings'), icon: SettingsIcon },
  },
  comfyui: { subject: t('The workflow'), Body: part(() => import('./pages/comfyui-page.tsx')) },
  shared: { subject: t('The graph in this link'), Body: Shared },
} as const;

/** In this order; the settings stand apart, at its foot. */
export const RAIL = ['gallery', 'graph', 'form', 'batch', 'review', 'routing', 'catalog', 'audit'] as const;
export type RailScreen = (typeof RAIL)[number] | 'settings';
const OF_GRAPH = ['graph', 'form', 'batch', 'review'] as const;
/** Sides of a graph, which are there while one is open. */
export const isOfGraph = (screen: RailScreen): screen is (typeof OF_GRAPH)[number] =>
  (OF_GRAPH as readonly string[]).includes(screen);

/** The templates that came with the app, as it is served. */

/** One of them. */
export interface ServedTemplate {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly teaches: string;
}

/** The list of templates that came with the app. */
export async function templatesServed(): Promise<readonly ServedTemplate[] | 'unread'> {
  try {
    const response = await fetch('templates/index.json');
    return response.ok ? ((await response.json()) as readonly ServedTemplate[]) : 'unread';
  } catch {
    return 'unread';
  }
}

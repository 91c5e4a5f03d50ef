/** What a link led to is brought into view, and is where the keyboard goes on. */
import { useEffect, useRef } from 'react';

export function goToElement(element: HTMLElement | null, block: 'center' | 'start' = 'center'): void {
  element?.scrollIntoView({ block });
  element?.focus({ preventScroll: true });
}

/** For the element, which takes the focus. */
export function useMeant(isMeant: boolean) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isMeant) goToElement(element.current);
  }, [isMeant]);
  return element;
}

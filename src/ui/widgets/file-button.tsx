/** A button that asks for files, any number of times the same one too. */
import { useRef, type ButtonHTMLAttributes } from 'react';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'type'> {
  /** What files it takes, for whoever cannot see the button. */
  readonly of: string;
  /** For the file chooser of the system. */
  readonly accept?: string;
  readonly isMany?: boolean;
  /** All files of a folder, in place of single ones. */
  readonly isFolder?: boolean;
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
}
export function FileButton({
  of,
  accept,
  isMany = false,
  isFolder = false,
  onFiles,
  className = 'button',
  children,
  ...rest
}: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        className={className}
        type="button"
        {...rest}
        onClick={() => rest['aria-disabled'] || chooser.current?.click()}
      >
        {children}
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        multiple={isMany}
        accept={accept}
        aria-label={of}
        {...(isFolder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const [first, ...others] = [...(event.target.files ?? [])];
          // The same file chosen again is a choice too.
          event.target.value = '';
          if (first) onFiles([first, ...others]);
        }}
      />
    </>
  );
}

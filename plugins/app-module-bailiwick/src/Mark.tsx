/**
 * Bailiwick's mark: plots of land, laid out as a lower-case b. The plots take the current text color.
 *
 * @param size - Width and height in pixels.
 */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      aria-hidden
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="currentColor"
    >
      <rect x="5" y="3" width="8" height="11" rx="2.5" />
      <rect x="5" y="16" width="8" height="13" rx="2.5" />
      <path d="M15 13.5A2.5 2.5 0 0 1 17.5 11H20a8 8 0 0 1 8 8v.5A1.5 1.5 0 0 1 26.5 21h-9a2.5 2.5 0 0 1-2.5-2.5z" />
      <path
        opacity="0.55"
        d="M15 25.5a2.5 2.5 0 0 1 2.5-2.5h8.6a1.2 1.2 0 0 1 1.1 1.7A8 8 0 0 1 20 29h-2.5a2.5 2.5 0 0 1-2.5-2.5z"
      />
    </svg>
  );
}

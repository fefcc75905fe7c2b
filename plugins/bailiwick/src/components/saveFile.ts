/** Milliseconds after which a browser has begun to read what it saves. */
const readTime = 60_000;

/** Lets the browser save a file as its own downloads are saved. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), readTime);
}

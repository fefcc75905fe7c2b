import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, TextField } from '@material-ui/core';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';

/** Returns what is wrong with the path of a new file, `undefined` if it is right. */
function problemOf(
  path: string,
  taken: ReadonlyMap<string, unknown>,
): string | undefined {
  const all = [...taken.keys()];
  if (taken.has(path))
    return 'A file with this path already exists. Enter another path.';
  if (all.some(one => one.startsWith(`${path}/`)))
    return 'A folder with this path already exists. Enter another path.';
  const parent = all.find(one => path.startsWith(`${one}/`));
  if (parent) return `${parent} is a file. Enter a path in a folder.`;
  const isInside = !path
    .split('/')
    .some(part => ['', '.', '..', '.git'].includes(part.toLowerCase()));
  return isInside && !/["\\]/.test(path)
    ? undefined
    : 'Enter a path such as helpers/dates.py';
}

/** Adds a file. */
export function NewFile({
  onCreate,
  taken,
}: {
  onCreate: (path: string) => void;
  /** Files that exist, by path. */
  taken: ReadonlyMap<string, unknown>;
}) {
  const id = useId();
  const [path, setPath] = useState<string>();
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isOpen = path !== undefined;
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  if (path === undefined)
    return (
      <Button size="small" variant="outlined" onClick={() => setPath('')}>
        New file
      </Button>
    );
  const problem = problemOf(path.trim(), taken);
  const close = () => {
    setPath(undefined);
    setTried(false);
  };
  const create = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem) return;
    onCreate(path.trim());
    close();
  };
  return (
    <form onSubmit={create}>
      <Stack spacing={1}>
        <TextField
          id={id}
          inputRef={field}
          fullWidth
          label="Path"
          size="small"
          value={path}
          error={tried && problem !== undefined}
          helperText={tried && problem}
          onChange={({ target }) => setPath(target.value)}
        />
        <Stack direction="row" spacing={1}>
          <Button
            size="small"
            type="submit"
            variant="contained"
            color="primary"
          >
            Add file
          </Button>
          <Button size="small" onClick={close}>
            Cancel
          </Button>
        </Stack>
      </Stack>
    </form>
  );
}

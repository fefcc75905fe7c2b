/*
 * Programs in Python, because every pod of an app has Python, and no pod has tar. They run as `python3 -c <program>
 * <folder>`.
 */

/**
 * Writes the files of a folder to standard output as a tar archive, while other programs change them. Databases of
 * SQLite are copied with its backup API. In git repositories and registries, names refer to content that never changes.
 * Files in `objects` and `blobs` are therefore listed after the names were read. Fails if a file cannot be read; with a
 * second argument, `lenient`, unreadable files are left out, and files that only look like a database are copied as they
 * are. That is for folders in which people keep what they like.
 */
export const packProgram = `
import os, sqlite3, sys, tarfile, tempfile

root = sys.argv[1]
is_lenient = "lenient" in sys.argv[2:]

class Padded:
    """A file that ends with zeros if it shrinks meanwhile; archives begin with the size."""
    def __init__(self, file):
        self.file = file
    def read(self, size):
        return self.file.read(size).ljust(size, bytes(1))

def listing():
    for folder, folders, names in os.walk(root):
        for name in folders + names:
            yield os.path.relpath(os.path.join(folder, name), root)

def is_content(path):
    folders = path.split(os.sep)[:-1]
    return "objects" in folders or "blobs" in folders

def is_of_database(path):
    database, _, suffix = path.rpartition("-")
    return suffix in ("wal", "shm", "journal") and is_database(database)

def is_database(path):
    return path.endswith(".sqlite") and os.path.isfile(os.path.join(root, path))

def add_link(archive, path):
    full = os.path.join(root, path)
    # Others could lead out of the folder where they are extracted.
    is_inside = os.path.realpath(full).startswith(os.path.realpath(root) + os.sep)
    if is_inside and not os.path.isabs(os.readlink(full)):
        archive.add(full, path, recursive=False)

def add_database(archive, path):
    with tempfile.NamedTemporaryFile() as copy:
        with sqlite3.connect(f"file:{os.path.join(root, path)}?mode=ro", uri=True) as source:
            with sqlite3.connect(copy.name) as target:
                source.backup(target)
        archive.add(copy.name, path)

def add_file(archive, path):
    with open(os.path.join(root, path), "rb") as file:
        archive.addfile(archive.gettarinfo(arcname=path, fileobj=file), Padded(file))

def add(archive, path):
    full = os.path.join(root, path)
    try:
        if os.path.islink(full):
            add_link(archive, path)
        elif os.path.isdir(full):
            # git recognizes no repository without its empty folders
            archive.add(full, path, recursive=False)
        elif is_database(path):
            try:
                add_database(archive, path)
            except sqlite3.Error:
                if not is_lenient:
                    raise
                add_file(archive, path)
        elif os.path.isfile(full) and not is_of_database(path):
            add_file(archive, path)
    except FileNotFoundError:
        pass
    except PermissionError:
        if not is_lenient:
            raise

with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as archive:
    for path in sorted(path for path in listing() if not is_content(path)):
        add(archive, path)
    done = set()
    # listed again until nothing is new: git can move objects into packs meanwhile
    while fresh := sorted(path for path in listing() if is_content(path) and path not in done):
        for path in fresh:
            add(archive, path)
        done.update(fresh)
`;

/**
 * Extracts an archive from standard input into a folder, with the owner of the process. Leaves out what would be written
 * outside, such as through a link.
 */
export const unpackProgram = `
import sys, tarfile

def inside(member, path):
    try:
        return tarfile.data_filter(member, path)
    except tarfile.FilterError:
        return None

with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
    archive.extractall(sys.argv[1], **({"filter": inside} if hasattr(tarfile, "data_filter") else {}))
`;

/**
 * Replaces former UIDs of objects in the configuration of git repositories and in databases of SQLite. Reads the present
 * UIDs, a JSON object by former UID, from the first line of standard input.
 */
export const adaptProgram = `
import json, os, re, sqlite3, sys

root = sys.argv[1]
uids = json.loads(sys.stdin.readline())
uid = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

def adapt(text):
    return uid.sub(lambda match: uids.get(match[0], match[0]), text)

def adapt_table(database, table):
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    for column in columns:
        rows = database.execute(
            f"""SELECT rowid, "{column}" FROM "{table}" WHERE typeof("{column}") = 'text'"""
        ).fetchall()
        changes = [(adapt(text), row) for row, text in rows if adapt(text) != text]
        database.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', changes)

for folder, _, names in os.walk(root):
    for name in names:
        path = os.path.join(folder, name)
        if name == "config" and folder.endswith(".git"):
            with open(path, "r+", encoding="utf-8") as file:
                text = adapt(file.read())
                file.seek(0)
                file.write(text)
        elif name.endswith(".sqlite"):
            with sqlite3.connect(path) as database:
                tables = database.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                ).fetchall()
                for (table,) in tables:
                    adapt_table(database, table)
`;

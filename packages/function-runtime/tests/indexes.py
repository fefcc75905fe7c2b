"""A package index for tests, with wheels that it writes."""

import base64
import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from packaging.utils import canonicalize_name

ANY = "py3-none-any"


class Handler(BaseHTTPRequestHandler):
    """Responds to all methods, without a log."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        raise NotImplementedError

    def do_GET(self) -> None:
        self.answer()

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815

    def respond(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@contextmanager
def listening(handler: type[Handler]) -> Iterator[str]:
    """Serve on loopback; yields host and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class PackageIndex:
    """A simple index (PEP 503) of files in memory.

    Attributes:
        statuses: Status codes of the pages of packages that it does not serve.
        digests: SHA-256 digests that it claims instead of the real ones, by name of the file.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        name: str,
        version: str,
        *metadata: str,
        files: Mapping[str, str] | None = None,
        tag: str = ANY,
    ) -> str:
        """Add a wheel with a module of its name; returns the name of the file.

        Args:
            name: Name of the package, which is also that of its module.
            version: Version of the package.
            metadata: Further lines of ``METADATA``.
            files: Further files; ``{info}`` in a path is the folder with the metadata.
            tag: Pythons and platforms of the wheel.
        """
        info = f"{name}-{version}.dist-info"
        lines = ("Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *metadata, "")
        contents = {
            f"{name}/__init__.py": f'VERSION = "{version}"\n',
            f"{info}/METADATA": "\n".join(lines),
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
            **{path.format(info=info): text for path, text in (files or {}).items()},
        }
        record = "".join(f"{path},{_recorded(text)}\n" for path, text in contents.items())
        contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, text in contents.items():
                archive.writestr(path, text)
        file = f"{name}-{version}-{tag}.whl"
        self.files[file] = packed.getvalue()
        return file

    def add_source(self, name: str, version: str, setup: str) -> None:
        """Add a source distribution; ``setup`` is the code that runs when it is built."""
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for path, text in {"PKG-INFO": metadata, "setup.py": setup}.items():
                member = tarfile.TarInfo(f"{name}-{version}/{path}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        self.files[f"{name}-{version}.tar.gz"] = packed.getvalue()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve the index; yields its URL."""
        index = self

        class Pages(Handler):
            def answer(self) -> None:
                kind, name = self.path.strip("/").split("/")
                if kind == "files":
                    self.respond(200, index.files[name])
                else:
                    page = index.page(name)
                    status = index.statuses.get(name, 200 if page else 404)
                    self.respond(status, page.encode(), Content_Type="text/html")

        with listening(Pages) as address:
            yield f"http://{address}/simple"

    def page(self, name: str) -> str:
        """Return the links to the files of a package."""
        return "".join(
            f'<a href="/files/{file}#sha256={self.digest(file)}">{file}</a>\n'
            for file in self.files
            if canonicalize_name(file.split("-", 1)[0]) == name
        )

    def digest(self, file: str) -> str:
        """Return the SHA-256 digest of a file, as the index says."""
        return self.digests.get(file) or hashlib.sha256(self.files[file]).hexdigest()


def _recorded(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
    return f"sha256={digest.decode()},{len(text.encode())}"

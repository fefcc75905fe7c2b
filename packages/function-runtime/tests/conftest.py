"""An app folder for a test, from source text."""

import asyncio
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest

from bailiwick.installing import image as imaging
from bailiwick.installing.bill import system_components
from tests.buckets import S3Server
from tests.images import DPKG, Build, builds
from tests.places import Place
from tests.prelude import PRELUDE
from tests.registries import ImageRegistry
from tests.tries import Tries

WriteApp = Callable[..., Path]


@pytest.fixture
def write_app(tmp_path: Path) -> Iterator[WriteApp]:
    """Write ``functions.py`` (after the prelude) and other files; forget their modules later."""

    def write(source: str, *, prelude: str = PRELUDE, **files: str) -> Path:
        (tmp_path / "functions.py").write_text(prelude + dedent(source))
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(dedent(text))
        return tmp_path

    path = list(sys.path)
    yield write
    sys.path[:] = path
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None)).startswith(str(tmp_path)):
            del sys.modules[name]


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


StartServer = Callable[..., S3Server]


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Start an S3 server with options; it ends with the test."""
    with ExitStack() as ends:

        def start(*options: str, host: str = "127.0.0.1") -> S3Server:
            server = S3Server(tmp_path / "s3", *options, host=host)
            ends.callback(server.stop)
            return server

        yield start


@pytest.fixture
def bucket(s3_server: S3Server) -> Place:
    """Return a prefix of a bucket."""
    prefix = f"company/{uuid.uuid4()}/dev/app"
    return Place(s3_server.environment(prefix), s3_server.objects / prefix)


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Return a place for a store: the test runs for each."""
    if request.param == "folder":
        folder = tmp_path / "store"
        return Place({"BAILIWICK_STORE": str(folder)}, folder)
    bucket: Place = request.getfixturevalue("bucket")
    return bucket


PRICES = """
def prices(symbols: list[Symbol] = ["AAPL"], start: dt.date | None = None) -> Table[Price]:
    '''Prices of shares.

    One row for each symbol and month.

    Args:
        symbols: Which shares.
        start: First day.
    '''
    day = pd.Timestamp(start or "2009-12-01")
    return pd.DataFrame(
        {"symbol": symbols, "date": day, "price": 1.5, "change": float("nan")}
    )
"""


@pytest.fixture(scope="module")
def tries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tries]:
    """Tries of code in one process."""
    with asyncio.Runner() as runner:
        tries = Tries(runner, tmp_path_factory.mktemp("tries"))
        yield tries
        runner.run(tries.host.stop())


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect to loopback without a proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def images() -> Iterator[ImageRegistry]:
    """Serve an empty registry for images."""
    registry = ImageRegistry()
    with registry.serving():
        yield registry


@pytest.fixture
def other() -> Iterator[ImageRegistry]:
    """Serve another registry."""
    registry = ImageRegistry()
    with registry.serving():
        yield registry


@pytest.fixture
def build(images: ImageRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build images on a machine with some packages of Debian."""
    status = tmp_path / "status"
    status.write_text(DPKG, "utf-8")
    monkeypatch.setattr(imaging, "system_components", partial(system_components, status))
    return builds(images, tmp_path)

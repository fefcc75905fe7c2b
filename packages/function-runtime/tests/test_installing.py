"""Builds of images with the packages of an app, with a package index and registries on loopback."""

import hashlib
import json
import marshal
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import pytest

from bailiwick.installing import build as building
from bailiwick.installing import resolving
from bailiwick.installing.bill import BILL
from bailiwick.installing.build import BuildRequest, build
from bailiwick.installing.path import FOLDER
from bailiwick.installing.registry import Login, Registry
from bailiwick.installing.requirements import PROJECT, REQUIREMENTS
from tests.indexes import PackageIndex
from tests.osv_entries import advisory, ranged
from tests.registries import LOGIN, ImageRegistry, encoded
from tests.servers import SOURCES, free_port

ARCHIVE = "alpha-2.0-py3-none-any.whl"
RUNTIME = {"numpy": "2.2.6"}


@dataclass(frozen=True)
class Served:
    """An index, and a file that code of its packages would create."""

    index: PackageIndex
    url: str
    ran: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the packages of all tests."""
    ran = tmp_path_factory.mktemp("ran") / "file"
    trap = f"open({str(ran)!r}, 'w')\n"
    index = PackageIndex()
    for version in ("1.26.4", "2.2.6", "2.3.0"):
        index.add("numpy", version)
    for version in ("1.0", "2.0"):
        needs = (f"Requires-Dist: beta>={version}", "Requires-Dist: numpy>=2")
        index.add("alpha", version, *needs, "License-Expression: MIT OR Apache-2.0")
    index.add("beta", "1.0", "License: UNKNOWN")
    index.add("beta", "2.0", "Classifier: License :: OSI Approved :: BSD License")
    index.add("gamma", "1.0", "Requires-Dist: beta<2", "License: BSD\n  with\n  a text")
    index.add("Old_Array", "1.0", "Requires-Dist: numpy<2")
    index.add("future", "1.0", "Requires-Python: >=4")
    index.add("windows", "1.0", tag="cp311-cp311-win_amd64")
    index.add_source("sources", "1.0", trap)
    index.digests[index.add("forged", "1.0")] = "0" * 64
    cut = index.add("truncated", "1.0")
    index.files[cut] = index.files[cut][:-30]
    index.statuses = {"secret": 401, "curated": 403, "broken": 500}
    index.add(
        "hostile",
        "1.0",
        files={
            "hostile.pth": f"import os; {trap}",
            "sitecustomize.py": trap,
            "usercustomize/__init__.py": trap,
            "statistics.py": "raise RuntimeError('not from the library')\n",
            "hostile/broken.py": "def f(:\n",
            "hostile/signs.py": "SIGN = '\xa4'\n",
            "hostile/tool.py": f"def main():\n    {trap}",
            "{info}/entry_points.txt": "[console_scripts]\nhostile = hostile.tool:main\n",
            "{info}/licenses/LICENSE": "text",
        },
    )
    with index.serving() as url:
        yield Served(index, url, ran)


Settings = Callable[[str], None]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Write the settings of uv with the URL of an index."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    # uv must not see other variables
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setattr(building, "runtime_packages", lambda: RUNTIME)
    # the retries of uv take seconds
    environment = {**resolving.base_environment(), "UV_HTTP_RETRIES": "0"}
    monkeypatch.setattr(building, "base_environment", lambda: environment)

    def write(url: str) -> None:
        file = tmp_path / ".config/uv/uv.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'[[index]]\nurl = "{url}"\ndefault = true\n')

    return write


Build = Callable[..., dict[str, Any]]


@pytest.fixture
def built(served: Served, images: ImageRegistry, settings: Settings) -> Build:
    """Build with the index and the registry."""
    settings(served.url)

    def run(
        content: str,
        file: str = REQUIREMENTS,
        allowed: tuple[str, ...] = ("*",),
        advisories: Path | None = None,
    ) -> dict[str, Any]:
        registry = Registry(f"{images.address}/desk", Login(insecure=frozenset({images.address})))
        return build(BuildRequest(file, content, allowed, advisories), registry)

    return run


def test_pushes_packages_that_the_runtime_lacks(
    built: Build, images: ImageRegistry, served: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    result = built("alpha\nnumpy>=2\n", allowed=("alpha",))
    assert result["artifact"].startswith(f"{images.address}/desk@sha256:")
    assert result["packages"] == [
        {"name": "alpha", "version": "2.0", "license": "MIT OR Apache-2.0"},
        {"name": "beta", "version": "2.0", "license": "BSD License"},
    ]
    files = images.files_of(result["artifact"])
    assert result["bytes"] == sum(map(len, files.values()))
    assert {name.partition("/")[0] for name in files} == {
        *("alpha", "alpha-2.0.dist-info", "beta", "beta-2.0.dist-info"),
        *("pylock.toml", "bill-of-materials.cdx.json"),
    }
    lock = tomllib.loads(files[resolving.LOCK].decode())
    assert [one["name"] for one in lock["packages"]] == ["alpha", "beta"]
    digest = hashlib.sha256(served.index.files[ARCHIVE]).hexdigest()
    assert lock["packages"][0]["wheels"][0]["hashes"] == {"sha256": digest}
    bill = json.loads(files[BILL])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["components"][0] == {
        "type": "library",
        "name": "alpha",
        "version": "2.0",
        "purl": "pkg:pypi/alpha@2.0",
        "licenses": [{"license": {"name": "MIT OR Apache-2.0"}}],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
    assert capfd.readouterr().out.splitlines() == [
        "Locked 2 packages",
        "alpha 2.0 (MIT OR Apache-2.0)",
        "beta 2.0 (BSD License)",
        f"Pushed {result['artifact']}",
    ]


def test_compiles_modules_for_any_folder(built: Build, images: ImageRegistry) -> None:
    files = images.files_of(built("beta")["artifact"])
    compiled = files[cache_from_source("beta/__init__.py")]
    # PEP 552: with a hash that is not checked
    assert int.from_bytes(compiled[4:8], "little") == 1
    assert marshal.loads(compiled[16:]).co_filename == "/packages/beta/__init__.py"  # noqa: S302


def test_builds_the_same_request_to_the_same_digest(built: Build, images: ImageRegistry) -> None:
    first = built("alpha\nhostile\n")
    sent = len(images.sent)
    # what is interned in a process changes what it compiles
    sys.intern("\xa4")
    assert built("alpha\nhostile\n") == first
    # both blobs exist
    assert images.sent[sent:] == ["HEAD", "HEAD", "PUT"]


def test_reads_a_project(built: Build) -> None:
    result = built("[project]\ndependencies = ['alpha<2', 'gamma']\n", file=PROJECT)
    assert [(one["version"], one["license"]) for one in result["packages"]] == [
        ("1.0", "MIT OR Apache-2.0"),
        ("1.0", ""),
        ("1.0", ""),
    ]


@pytest.mark.parametrize("content", ["# none\n", "numpy>=2,<3\nbailiwick\n", "gone; os_name=='x'"])
def test_needs_neither_index_nor_registry_for_nothing(settings: Settings, content: str) -> None:
    settings(f"http://127.0.0.1:{free_port()}/simple")
    address = f"127.0.0.1:{free_port()}"
    registry = Registry(f"{address}/desk", Login(insecure=frozenset({address})))
    request = BuildRequest(REQUIREMENTS, content, [])
    assert build(request, registry) == {"packages": [], "bytes": 0}


def test_runs_nothing_that_is_not_imported(
    built: Build, images: ImageRegistry, served: Served, tmp_path: Path
) -> None:
    files = images.files_of(built("hostile")["artifact"])
    assert {"hostile.pth", "bin/hostile", "statistics.py"} <= files.keys()
    assert not any("customize" in name for name in files if "RECORD" not in name)
    folder = tmp_path / "packages"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    imports = "import hostile, statistics, numpy; print(hostile.__file__)"
    code = f"""
import subprocess, sys
from bailiwick.installing.path import use_packages
use_packages()
{imports}
subprocess.run([sys.executable, "-c", "{imports}"], check=True)
"""
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCES), FOLDER: str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == (f"{folder}/hostile/__init__.py\n" * 2, "")
    assert not served.ran.exists()


REFUSED = "we can conclude that your requirements are unsatisfiable."
ONLY_BETA = "Because only beta<=2.0 is available and you require beta>=3"
INCOMPATIBLE = "we can conclude that alpha>=2.0 and all versions of gamma are incompatible."


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("beta\nunknown\n", 2, "Because unknown was not found in the package registry and "),
        ("\nbeta>=3\n", 2, f"{ONLY_BETA}, {REFUSED}"),
        ("beta<2\nbeta>=2\n", 1, f"you require beta<2 and beta>=2, {REFUSED} See also line 2 "),
        ("beta\nalpha>=2\n#\ngamma\n", 2, INCOMPATIBLE),
        ("beta\nalpha>=2\n#\ngamma\n", 2, f"{REFUSED} See also line 4 (gamma)."),
        ("old.array\n", 1, f"you require old-array, {REFUSED} The runtime has numpy 2.2.6."),
        ("windows\n", 1, "Wheels are available for `windows` (v1.0) on the following platform: "),
        ("future\n", 1, "Because future==1.0 requires Python >=4"),
        ("beta\nforged\n", 2, "Failed to download `forged==1.0`: Hash mismatch for "),
        ("forged\n", 1, "The file in the package index is not the one that the index describes."),
        ("beta\ntruncated\n", 2, "Failed to download `truncated==1.0`: Failed to extract archive"),
        ("curated\n", 1, "returned a 403 Forbidden error."),
        ("beta_\n", 1, "Package name must end with an alphanumeric character, not `_`"),
        ("beta\n-e .\n", 2, "options such as -e are not allowed; list packages only"),
        ("numpy>=3\n", 1, "the runtime has numpy 2.2.6, which numpy>=3 excludes"),
    ],
)
def test_explains_what_cannot_be_installed(
    built: Build, images: ImageRegistry, content: str, line: int, message: str
) -> None:
    result = built(content)
    [problem] = result["problems"]
    assert (problem["file"], problem["line"]) == (REQUIREMENTS, line)
    assert message in problem["message"]
    assert not any(word in problem["message"] for word in ("--", "cause:", "hint:", "error:"))
    assert images.sent == []


def test_builds_no_source_distribution(built: Build, served: Served) -> None:
    [problem] = built("beta\nsources\n")["problems"]
    assert problem["line"] == 2
    reason, end = "sources==1.0 has no wheels for this runtime", "run code at installation."
    assert reason in problem["message"]
    assert problem["message"].endswith(f"Only wheels are installed, as other packages {end}")
    assert not served.ran.exists()


def test_installs_only_what_the_pack_allows(built: Build) -> None:
    result = built("alpha\n# more\nbeta\n", allowed=("alpha",))
    [problem] = result["problems"]
    assert problem["line"] == 3
    assert problem["message"].startswith("the domain pack does not allow beta (allowed: alpha)")


def test_lists_advisories_for_the_resolved_versions(built: Build, tmp_path: Path) -> None:
    database = tmp_path / "all.json"
    affected = ranged({"introduced": "0"}, {"fixed": "2.0"}, name="beta")
    database.write_text(json.dumps(advisory("PYSEC-1", affected)))
    [found] = built("gamma\n", advisories=database)["advisories"]["found"]
    assert (found["id"], found["package"], found["version"]) == ("PYSEC-1", "beta", "1.0")
    assert built("alpha\n", advisories=database)["advisories"]["found"] == []
    assert "advisories" not in built("gamma\n")


def test_limits_the_size(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MAX_BYTES", 100)
    [problem] = built("beta")["problems"]
    assert problem["message"] == "the packages have 0 MiB; the maximum is 1024 MiB"


def test_limits_the_time(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "_SECONDS", 0.0001)
    assert built("beta") == {"error": "Resolving or installing the packages took too long"}


@pytest.mark.parametrize(
    ("package", "reason"),
    [
        ("broken", "{url}/broken/: HTTP status server error (500 Internal Server Error)"),
        ("secret", "{url}: 401 Unauthorized"),
    ],
)
def test_reports_an_index_that_fails(
    built: Build, served: Served, package: str, reason: str
) -> None:
    reason = reason.format(url=served.url)
    assert built(package) == {"error": f"The package index does not respond: {reason}"}


def test_reports_an_index_that_is_unreachable(built: Build, settings: Settings) -> None:
    url = f"http://127.0.0.1:{free_port()}/simple"
    settings(url)
    reason = f"{url}/beta/: Connection refused (os error 111)"
    assert built("beta") == {"error": f"The package index does not respond: {reason}"}


def test_reports_a_registry_that_is_full(built: Build, images: ImageRegistry) -> None:
    images.failures = {"POST": (507, b"")}
    assert built("beta") == {"error": f"The registry {images.address} is full"}


def test_gives_uv_no_other_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://elsewhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    monkeypatch.setenv("SSL_CERT_FILE", "/public.crt")
    environment = resolving.base_environment()
    assert "UV_DEFAULT_INDEX" not in environment
    assert environment["HTTPS_PROXY"] == "http://proxy"
    assert environment["SSL_CERT_FILE"] == "/public.crt"
    certificates = tmp_path / "ca.crt"
    certificates.touch()
    monkeypatch.setattr(resolving, "CERTIFICATES", certificates)
    assert resolving.base_environment()["SSL_CERT_FILE"] == str(certificates)


def test_the_command_line_prints_the_result_last(
    served: Served, images: ImageRegistry, settings: Settings, tmp_path: Path
) -> None:
    settings(served.url)
    images.access = "Basic"
    credentials = tmp_path / ".dockerconfigjson"
    command = [
        *(sys.executable, "-m", "bailiwick", "build", "--repository", f"{images.address}/desk"),
        *("--insecure", "--credentials", str(credentials), "--file", REQUIREMENTS),
        *("--allow", "beta,gamma"),
    ]

    def run(content: str) -> tuple[list[str], Any]:
        done = subprocess.run(  # noqa: S603
            command,
            env={**os.environ, "PYTHONPATH": str(SOURCES), "BAILIWICK_REQUIREMENTS": content},
            capture_output=True,
            text=True,
            check=False,
        )
        *log, last = done.stdout.splitlines()
        result = json.loads(last)
        # Kubernetes repeats what exits with 1
        assert (done.returncode, done.stderr) == ("error" in result, "")
        return log, result

    log, result = run("alpha\n")
    assert log == []
    assert result["problems"][0]["line"] == 1
    _, result = run("beta\n")
    assert result == {"error": f"The registry {images.address} responded 401: Unauthorized"}
    login = {"auths": {images.address: {"auth": encoded(LOGIN)}}}
    credentials.write_text(json.dumps(login))
    log, result = run("beta\n")
    assert log[:2] == ["Locked 1 package", "beta 2.0 (BSD License)"]
    assert result["artifact"].partition("@")[2] in images["desk"].manifests


@pytest.mark.parametrize(
    "marker", ['platform_release > "1"', 'platform_version >= "#"', 'python_version < "3"']
)
def test_installs_nothing_that_a_marker_of_the_author_excludes(built: Build, marker: str) -> None:
    # uv compares texts that packaging does not
    assert built(f"alpha; {marker}\n", allowed=()) == {"packages": [], "bytes": 0}


def test_reports_the_first_problems_and_their_number(built: Build) -> None:
    result = built("-x\n" * 100)
    assert (len(result["problems"]), result["count"]) == (building.MAX_PROBLEMS, 100)

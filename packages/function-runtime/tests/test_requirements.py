"""Packages that an author names, and the policy of the domain pack."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bailiwick.cli import main
from bailiwick.errors import LoadFailed
from bailiwick.installing import requirements
from bailiwick.installing.path import FOLDER, use_packages
from bailiwick.installing.requirements import (
    ALLOWED,
    MAX_LENGTH,
    MAX_REQUIREMENTS,
    PROJECT,
    REQUIREMENTS,
    Declarations,
    check_declarations,
    check_folder,
    find_declarations,
    parse_patterns,
    read_declarations,
    runtime_packages,
)
from bailiwick.loading import load_checked
from tests.conftest import PRICES, WriteApp
from tests.servers import SOURCES
from tests.tries import HEAD, Tries, archive, function

NO_PACKAGE = "is not a package with a version, such as polars>=1.2"
NO_HASHES = "remove hashes and line continuations; all packages are locked with their hashes anyway"
NOT_UTF8 = "not text in UTF-8"


@pytest.fixture(autouse=True)
def any_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ALLOWED, raising=False)


def read(text: str, file: str = REQUIREMENTS) -> list[tuple[int, str]]:
    declarations = read_declarations(file, text)
    assert not declarations.problems
    return [(one.line, str(one.requirement)) for one in declarations.packages]


def problems_in(text: str, file: str = REQUIREMENTS) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in read_declarations(file, text).problems]


def test_reads_requirements_with_their_lines() -> None:
    text = (
        "# packages\r\n\r\npolars>=1.2  # fast\r\n\tScikit_Learn == 1.*\n"
        "\x0c\nhttpx[http2,cli]~=0.28\npywin32; sys_platform == 'win32'\nlast"
    )
    assert read(text) == [
        (3, "polars>=1.2"),
        (4, "Scikit_Learn==1.*"),
        (6, "httpx[cli,http2]~=0.28"),
        (7, 'pywin32; sys_platform == "win32"'),
        (8, "last"),
    ]
    [_, learn, *_] = read_declarations(REQUIREMENTS, text).packages
    assert learn.name == "scikit-learn"


@pytest.mark.parametrize(
    ("start", "lines"),
    [
        ("[project]\nname = 'desk'\ndependencies = [\n", (4, 5)),
        ("[tool.other]\ndependencies = ['polars>=1']\n[ project ]\ndependencies = [\n", (5, 6)),
        ("# polars>=1\nproject.dependencies = [\n", (3, 4)),
        ("project = { 'dependencies' = [\n", (2, 3)),
    ],
)
def test_reads_a_project_with_its_lines(start: str, lines: tuple[int, int]) -> None:
    end = "] }" if "{" in start else "]"
    text = f"""{start}  "polars>=1",\n  'pandas[excel]; python_version > "3"', # read\n{end}\n"""
    expected = ["polars>=1", 'pandas[excel]; python_version > "3"']
    assert read(text, PROJECT) == list(zip(lines, expected, strict=True))


def test_names_the_list_if_a_text_is_escaped() -> None:
    text = '[project]\ndependencies = [\n  "pol\\u0061rs",\n]\n'
    assert read(text, PROJECT) == [(2, "polars")]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (REQUIREMENTS, ""),
        (REQUIREMENTS, "# none\n\n"),
        (REQUIREMENTS, "bailiwick>=0.1\nBailiwick[pandas]\n"),
        (PROJECT, ""),
        (PROJECT, "project = 'desk'"),
        (PROJECT, "[project]\nname = 'desk'\n[project.optional-dependencies]\ntest = ['pytest']\n"),
        (PROJECT, "[tool.other]\ndependencies = ['polars']\n"),
        (PROJECT, "[project]\ndependencies = ['bailiwick']\n"),
    ],
)
def test_needs_nothing(file: str, text: str) -> None:
    assert read(text, file) == []


@pytest.mark.parametrize("file", [REQUIREMENTS, PROJECT])
def test_skips_a_byte_order_mark(file: str) -> None:
    text = "polars" if file == REQUIREMENTS else "project.dependencies = ['polars']"
    assert read(f"\ufeff{text}", file) == [(1, "polars")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("-r other.txt", "options such as -r are not allowed; list packages only"),
        ("--index-url http://x", "options such as --index-url are not allowed"),
        ("--index-url=http://user:password@x", "options such as --index-url are not allowed"),
        ("-e .", "options such as -e are not allowed; list packages only"),
        ("pkg @ https://x/pkg.whl#sha1=1", "pkg has a URL; only packages of the package index"),
        ("polars==1.2 --hash=sha256:0", NO_HASHES),
        ("polars==1.2 \\", NO_HASHES),
        ("    --hash=sha256:0", NO_HASHES),
        ("./wheels/pkg.whl", f"'./wheels/pkg.whl' {NO_PACKAGE}"),
        ("https://x/pkg.whl", f"'https://x/pkg.whl' {NO_PACKAGE}"),
        ("import polars", f"'import polars' {NO_PACKAGE}"),
        ("polars=1", f"'polars=1' {NO_PACKAGE}"),
        ("pölars", f"'pölars' {NO_PACKAGE}"),
        ("polars; cpu == 'fast'", NO_PACKAGE),
        ("polars; os_name ~= 'posix'", NO_PACKAGE),
        (f"polars; {'(' * 450}os_name == 'x'{')' * 450}", NO_PACKAGE),
        (f"p{'x' * 20_000}", f"the line has 20001 characters; the maximum is {MAX_LENGTH}"),
        ("p\ufffdlars", f"the line is {NOT_UTF8}; save the file with this encoding"),
    ],
)
def test_explains_lines_that_cannot_be_used(line: str, message: str) -> None:
    [(number, text)] = problems_in(f"first\n\n{line}\nlast\n")
    assert number == 3
    assert message in text
    assert len(text) < 200
    assert "password" not in text


def test_keeps_the_lines_that_can_be_used() -> None:
    declarations = read_declarations(REQUIREMENTS, "first\n-r other.txt\n???\nlast\n")
    assert [one.name for one in declarations.packages] == ["first", "last"]
    assert [one.line for one in declarations.problems] == [2, 3]


def test_limits_the_number_of_packages() -> None:
    names = [f"package{number}" for number in range(MAX_REQUIREMENTS + 1)]
    assert problems_in("\n".join(names[1:])) == []
    assert problems_in("# many\n" + "\n".join(names)) == [
        (MAX_REQUIREMENTS + 2, "101 packages are required; the maximum is 100")
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[project]\n\ndependencies = [polars]", 3, "the file is not valid TOML: Invalid value"),
        ("[project]\ndependencies = [", 0, "the file is not valid TOML: Invalid value (at end"),
        ("x = " + "[" * 10_000, 0, "the file is not valid TOML: maximum recursion depth exceeded"),
        ("x = " + "1" * 5000, 0, "the file is not valid TOML: Exceeds the limit"),
        ("a\0", 1, "the file is not valid TOML: "),
        ("[project]\ndependencies = 'polars'", 0, "dependencies must be a list of strings"),
        ("[project]\ndependencies = [1]", 0, "dependencies must be a list of strings"),
        ("[project]\ndependencies = [\n 'a', '-e .']", 3, "options such as -e are not allowed"),
    ],
)
def test_explains_projects_that_cannot_be_used(text: str, line: int, message: str) -> None:
    [(number, explained)] = problems_in(text, PROJECT)
    assert number == line
    assert explained.startswith(message)


def test_uses_the_first_file_that_exists(tmp_path: Path) -> None:
    assert find_declarations(tmp_path) is None
    assert check_folder(tmp_path) == []
    (tmp_path / PROJECT).write_text("[project]\ndependencies = ['polars']\n")
    # a folder declares nothing
    (tmp_path / REQUIREMENTS).mkdir()
    assert [one.name for one in found(tmp_path).packages] == ["polars"]
    (tmp_path / REQUIREMENTS).rmdir()
    (tmp_path / REQUIREMENTS).write_text("# none\n")
    assert found(tmp_path) == Declarations(REQUIREMENTS, [], [])


def found(folder: Path) -> Declarations:
    declarations = find_declarations(folder)
    assert declarations
    return declarations


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("# für\npolars\n".encode("latin-1"), []),
        ("polars\nfür\n".encode("latin-1"), [2]),
        ("polars\nnumpy\n".encode("utf-16"), [0]),
        (b"polars\nnum\0py\n", [0]),
    ],
)
def test_reads_files_in_other_encodings(tmp_path: Path, content: bytes, lines: list[int]) -> None:
    (tmp_path / REQUIREMENTS).write_bytes(content)
    problems = found(tmp_path).problems
    assert [one.line for one in problems] == lines
    assert all(NOT_UTF8 in one.message for one in problems)


def refused(text: str, allowed: list[str] | None, **installed: str) -> list[str]:
    """Return the messages for lines that the policy or the runtime refuses."""
    problems = check_declarations(read_declarations(REQUIREMENTS, text), allowed, installed)
    return [f"{one.line}: {one.message}" for one in problems]


@pytest.mark.parametrize(
    ("allowed", "refused_lines"),
    [
        (None, []),
        (["*"], []),
        (["polars", "scikit-*"], [3]),
        (["POLARS", "Scikit_*", "ruamel-yaml"], []),
        (["scikit", "polar", "ruamel.y?ml"], [1, 2]),
        ([], [1, 2, 3]),
    ],
)
def test_allows_names_that_match(allowed: list[str] | None, refused_lines: list[int]) -> None:
    messages = refused("Polars\nscikit_learn>=1\nruamel.yaml\n", allowed)
    assert [int(one.partition(":")[0]) for one in messages] == refused_lines


def test_names_what_a_pack_allows() -> None:
    ask = "ask the platform team to allow the package"
    assert refused("requests", ["polars", "scikit-*"]) == [
        f"1: the domain pack does not allow requests (allowed: polars, scikit-*); {ask}"
    ]
    assert refused("requests", []) == [
        f"1: the domain pack does not allow requests (it allows none); {ask}"
    ]


def test_accepts_packages_of_the_runtime_in_its_version() -> None:
    text = "numpy\nNumPy>=2,<3\nnumpy>=2.2.5rc1\nnumpy<2; python_version < '3'\nnumpy<2\n"
    assert refused(text, [], numpy="2.2.6") == [
        "5: the runtime has numpy 2.2.6, which numpy<2 excludes; remove the version"
    ]
    assert refused("numpy>=2\n", [], numpy="2.3.0rc1") == []


def test_ignores_packages_for_other_systems() -> None:
    assert refused("pywin32; sys_platform == 'win32'\n", []) == []


def test_reports_the_policy_after_other_problems() -> None:
    messages = refused("requests\n-r other.txt\n", [])
    assert [one[0] for one in messages] == ["2", "1"]


def test_splits_patterns() -> None:
    assert parse_patterns(" polars,scikit-* , ,") == ["polars", "scikit-*"]
    assert parse_patterns("") == []


def test_lists_the_packages_beside_the_runtime(tmp_path: Path) -> None:
    info = tmp_path / "Typing_Extensions-4.16.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: Typing_Extensions\nVersion: 4.16.0\n")
    assert runtime_packages(tmp_path) == {"typing-extensions": "4.16.0"}
    assert "pytest" not in runtime_packages()


def test_knows_the_versions_of_the_runtime_in_a_pod(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requirements, "runtime_packages", lambda: {"numpy": "2.2.6"})
    (tmp_path / REQUIREMENTS).write_text("numpy<2\n")
    assert check_folder(tmp_path, {}) == []
    [problem] = check_folder(tmp_path, {ALLOWED: "[]"})
    assert problem.message.startswith("the runtime has numpy 2.2.6, which numpy<2 excludes")


def load_problems(folder: Path) -> list[str]:
    with pytest.raises(LoadFailed) as failed:
        load_checked(folder)
    return [str(one) for one in failed.value.problems]


def test_reports_requirements_together_with_imports(
    write_app: WriteApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_app("import nothing_here\n", prelude="")
    [problem] = load_problems(folder)
    missing = "functions.py:1: loading failed here: ModuleNotFoundError"
    assert problem == (
        f"{missing}: No module named 'nothing_here'; "
        "to install its package, name it in requirements.txt"
    )
    (folder / REQUIREMENTS).write_text("nothing-here\n")
    assert load_problems(folder) == [
        f"{missing}: No module named 'nothing_here'; "
        "packages in requirements.txt are installed when it is committed"
    ]
    monkeypatch.setenv(ALLOWED, '["polars"]')
    refusal, problem = load_problems(folder)
    assert refusal.startswith("requirements.txt:1: the domain pack does not allow nothing-here")
    assert problem.startswith(missing)


def test_does_not_load_code_with_requirements_that_cannot_be_used(write_app: WriteApp) -> None:
    folder = write_app(PRICES)
    (folder / REQUIREMENTS).write_text("polars\n-e .\n")
    assert load_problems(folder) == [
        "requirements.txt:2: options such as -e are not allowed; list packages only"
    ]


def test_the_command_line_prints_the_lines(
    write_app: WriteApp, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_app(PRICES)
    (folder / PROJECT).write_text("[project]\ndependencies = [\n  'polars',\n  'polars==',\n]\n")
    assert main(["check", str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"pyproject.toml:4: 'polars==' {NO_PACKAGE}\n"
    (folder / PROJECT).write_text("[project]\ndependencies = ['polars']\n")
    assert main(["check", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)["functions"][0]["name"] == "prices"


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tries]:
    """Tries in a pod that has the package ``feeds``, and whose pack allows one package."""
    packages = tmp_path_factory.mktemp("packages")
    (packages / "feeds.py").write_text("NAME = 'installed'\n")
    (packages / "statistics.py").write_text("raise RuntimeError('not from the library')\n")
    environment = {FOLDER: str(packages), "PYTHONPATH": str(SOURCES), ALLOWED: '["polars"]'}
    path = list(sys.path)
    use_packages(environment)
    sys.path[:] = path
    with asyncio.Runner() as runner:
        tries = Tries(runner, tmp_path_factory.mktemp("tries"), **environment)
        yield tries
        runner.run(tries.host.stop())


def test_a_try_reports_packages_that_are_not_allowed(limited: Tries) -> None:
    changes = {REQUIREMENTS: "polars\n\nrequests>=2\n"}
    packed = archive(function("return []"))
    result = limited.runner.run(limited.host.attempt(packed, changes, function="rows"))
    [problem] = result["problems"]
    assert (problem["file"], problem["line"]) == (REQUIREMENTS, 3)
    assert problem["message"].startswith("the domain pack does not allow requests")


def test_a_try_uses_the_installed_packages(limited: Tries) -> None:
    source = f"{HEAD}import feeds, statistics\ndef name() -> str:\n    '''Name.'''\n"
    result = limited.attempt(f"{source}    return feeds.NAME\n", function="name")
    assert result["answer"] == {"value": "installed"}


@pytest.mark.parametrize(
    "line", ["pandas[all]", 'pandas[all]; python_version > "3"', "Pandas [excel] >=2"]
)
def test_extras_of_packages_of_the_runtime_must_be_allowed(line: str) -> None:
    declarations = read_declarations("requirements.txt", line)
    installed = {"pandas": "2.3.2"}
    [problem] = check_declarations(declarations, ["polars"], installed)
    assert problem.message.startswith("the domain pack does not allow pandas")
    assert check_declarations(declarations, ["pandas"], installed) == []


def test_lists_only_the_first_allowed_packages() -> None:
    declarations = read_declarations("requirements.txt", "requests")
    allowed = [f"package-{number}" for number in range(100)]
    [problem] = check_declarations(declarations, allowed, {})
    assert "package-19, …)" in problem.message

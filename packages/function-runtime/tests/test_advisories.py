"""Advisories for packages, from databases in the OSV format."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from bailiwick.cli import main
from bailiwick.installing import advisories
from bailiwick.installing.advisories import DatabaseBroken, find_advisories
from bailiwick.installing.build import BuildRequest, build
from bailiwick.installing.osv import Advisory, Affected, fixed_version, is_affected
from bailiwick.installing.registry import Login, Registry
from tests.osv_entries import ALL, MODIFIED, advisory, ranged

Find = Callable[..., list[dict[str, str]]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Find advisories of a database for a version of alpha."""

    def run(*entries: dict[str, Any], version: str = "1.0") -> list[dict[str, str]]:
        for entry in entries:
            (tmp_path / f"{entry['id']}.json").write_text(json.dumps(entry))
        found: list[dict[str, str]] = find_advisories(tmp_path, {"alpha": version})["found"]
        return found

    return run


INTRODUCED, FIXED, LAST = "introduced", "fixed", "last_affected"


@pytest.mark.parametrize(
    ("version", "events", "expected"),
    [
        ("0.dev0", [{INTRODUCED: "0"}], True),
        ("1.0", [{INTRODUCED: "1.0"}, {FIXED: "2.0"}], True),
        ("0.9", [{INTRODUCED: "1.0"}, {FIXED: "2.0"}], False),
        ("2.0", [{INTRODUCED: "1.0"}, {FIXED: "2.0"}], False),
        # PEP 440: not compared as text, and zeros at the end do not matter
        ("1.10", [{INTRODUCED: "1.9"}, {FIXED: "1.11"}], True),
        ("2", [{INTRODUCED: "0"}, {FIXED: "2.0.0"}], False),
        ("2.0rc1", [{INTRODUCED: "0"}, {FIXED: "2.0"}], True),
        ("2.0.post1", [{INTRODUCED: "0"}, {FIXED: "2.0"}], False),
        ("1!0.1", [{INTRODUCED: "0"}, {FIXED: "9.0"}], False),
        ("2.0+cpu", [{INTRODUCED: "0"}, {LAST: "2.0"}], True),
        ("1.0", [{INTRODUCED: "0"}, {LAST: "1.0"}], True),
        ("1.0.1", [{INTRODUCED: "0"}, {LAST: "1.0"}], False),
        ("1.5", [{INTRODUCED: "1.0"}, {LAST: "1.0"}], False),
        ("1.0", [{INTRODUCED: "1.0"}, {LAST: "1.0"}], True),
        # events in any order, and several ranges in one list
        ("1.5", [{FIXED: "2.0"}, {INTRODUCED: "3.0"}, {INTRODUCED: "1.0"}, {FIXED: "4.0"}], True),
        ("2.5", [{FIXED: "2.0"}, {INTRODUCED: "3.0"}, {INTRODUCED: "1.0"}, {FIXED: "4.0"}], False),
        ("3.5", [{FIXED: "2.0"}, {INTRODUCED: "3.0"}, {INTRODUCED: "1.0"}, {FIXED: "4.0"}], True),
        ("2.0", [{INTRODUCED: "0"}, {FIXED: "2.0"}, {INTRODUCED: "2.0"}], True),
        ("1.5", [{INTRODUCED: "0"}, {"limit": "1.4"}], False),
        ("1.3", [{INTRODUCED: "0"}, {"limit": "1.4"}], True),
        # cannot be ruled out
        ("1.0", [{INTRODUCED: "2004d"}, {FIXED: "2005a"}], True),
    ],
)
def test_evaluates_ranges_after_pep_440(
    version: str, events: list[dict[str, str]], *, expected: bool
) -> None:
    affected = Affected.model_validate(ranged(*events))
    assert is_affected(affected, Version(version)) is expected


@pytest.mark.parametrize(("version", "expected"), [("1.0.0", True), ("1.1", False)])
def test_reads_lists_of_versions(version: str, *, expected: bool) -> None:
    affected = Affected(versions=["2004d", "1.0"])
    assert is_affected(affected, Version(version)) is expected


def test_ignores_ranges_of_commits() -> None:
    affected = Affected.model_validate(ranged({INTRODUCED: "0"}, kind="GIT"))
    assert not is_affected(affected, Version("1.0"))


def test_names_the_first_later_version_that_is_fixed() -> None:
    branches = [
        Affected.model_validate(ranged({INTRODUCED: start}, {FIXED: end}))
        for start, end in (("3.0", "3.2"), ("0", "1.9.1"), ("2.0", "2.10"))
    ]
    assert fixed_version(branches, Version("2.5")) == "2.10"
    assert fixed_version(branches, Version("3.3")) == ""


def test_lists_what_affects_a_package(find: Find) -> None:
    found = find(
        advisory(
            "GHSA-1",
            ranged({INTRODUCED: "0"}, {FIXED: "1.2"}),
            database_specific={"severity": "HIGH"},
        ),
        advisory("PYSEC-2", ranged({INTRODUCED: "0"}, {FIXED: "1.0"})),
        advisory("PYSEC-3", ALL, summary=None, details="A sentence.\nMore.", severity=None),
    )
    assert found == [
        {
            "id": "GHSA-1",
            "package": "alpha",
            "version": "1.0",
            "severity": "HIGH",
            "summary": "GHSA-1 in a sentence.",
            "fixed": "1.2",
        },
        {
            "id": "PYSEC-3",
            "package": "alpha",
            "version": "1.0",
            "severity": "",
            "summary": "A sentence.",
            "fixed": "",
        },
    ]


@pytest.mark.parametrize("of", ["advisory", "package"])
def test_shows_a_score_if_no_word_is_given(find: Find, of: str) -> None:
    scores = [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}]
    scored = {**ALL, "severity": scores}
    entry = advisory(severity=scores) if of == "advisory" else advisory(affected=scored)
    assert find(entry)[0]["severity"] == "CVSS:3.1/AV:N"


def test_ignores_withdrawn_advisories(find: Find) -> None:
    assert find(advisory(withdrawn="2026-01-01T00:00:00Z")) == []


def test_ignores_packages_of_other_ecosystems(find: Find) -> None:
    other = {**ALL, "package": {"ecosystem": "npm", "name": "alpha"}}
    assert find(advisory(), advisory("GHSA-9", other)) == find(advisory())


def test_lists_the_same_vulnerability_once(find: Find) -> None:
    found = find(
        advisory("PYSEC-1", aliases=["CVE-1", "GHSA-1"]),
        advisory("GHSA-1", aliases=["CVE-1"], database_specific={"severity": "LOW"}),
        advisory("OTHER-1", aliases=["CVE-1"]),
    )
    assert [one["id"] for one in found] == ["GHSA-1"]


def test_limits_the_list(find: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advisories, "MAX_FOUND", 1)
    assert len(find(advisory("A-1"), advisory("A-2"))) == 1
    assert find_advisories(tmp_path, {"alpha": "1.0"})["count"] == 2


def test_reads_the_archive_that_osv_publishes(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("PYSEC-1.json", json.dumps(advisory()))
        file.writestr("PYSEC-2.json", json.dumps(advisory("PYSEC-2", modified="2026-11-21T00:00Z")))
        file.writestr("README", "text")
    for database in (archive, tmp_path):
        result = find_advisories(database, {"alpha": "1.0", "beta": "1.0"})
        assert result["asOf"] == "2026-11-21T00:00:00Z"
        assert [one["id"] for one in result["found"]] == ["PYSEC-1", "PYSEC-2"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", "{", "a.json: Invalid JSON"),
        ("a.json", "[]", "a.json: Input should be an object"),
        ("a.json", json.dumps({"id": "A"}), "a.json: modified: Field required"),
        ("a.json", json.dumps(advisory(affected=ranged({FIXED: "1"}))), "event with introduced"),
        ("a.zip", "PK", "File is not a zip file"),
        ("a.txt", "text", "contains no advisories for PyPI"),
        ("a.json", json.dumps(advisory(affected={})), "contains no advisories for PyPI"),
    ],
)
def test_refuses_a_broken_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, reason: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(DatabaseBroken, match=reason):
        find_advisories(tmp_path, {"alpha": "1.0"})
    assert main(["advisories", str(tmp_path)]) == 1
    assert reason in capsys.readouterr().err


def test_builds_nothing_without_the_database(tmp_path: Path) -> None:
    database = tmp_path / "all.zip"
    request = BuildRequest("requirements.txt", "# none\n", [], database)
    reason = f"{database}: [Errno 2] No such file or directory: '{database}'"
    assert build(request, Registry("registry.test/desk", Login())) == {
        "error": f"The advisory database of the platform is broken: {reason}"
    }


def test_checks_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(advisory()))
    assert main(["advisories", str(tmp_path)]) == 0
    assert MODIFIED in capsys.readouterr().out


def test_takes_null_as_absent() -> None:
    assert Advisory.model_validate({**advisory(), "aliases": None}).aliases == []

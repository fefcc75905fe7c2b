"""Advisories in the OSV format, and the versions of Python packages that they affect.

Format and evaluation: https://ossf.github.io/osv-schema/. Versions compare as in PEP 440.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from pydantic import AwareDatetime, BaseModel, ConfigDict, field_validator, model_validator

ECOSYSTEM: Final = "PyPI"

_COMMITS: Final = "GIT"
"""Type of ranges that contain commits instead of versions."""

_EARLIEST: Final = Version("0.dev0")
"""The lowest version of PEP 440; ``introduced: "0"`` means it."""

_ORDER: Final = ("fixed", "introduced", "last_affected")
"""Events of the same version, in the order in which they apply."""


class _Model(BaseModel):
    """An object of the format; unknown fields are ignored, and null is the same as absent."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, dict):
            return value
        return {name: field for name, field in value.items() if field is not None}


class Event(_Model):
    """A version at which a range begins or ends; one of the fields is set."""

    introduced: str | None = None
    fixed: str | None = None
    last_affected: str | None = None
    limit: str | None = None


class Range(_Model):
    """Affected versions; only ranges of the type ``ECOSYSTEM`` or ``SEMVER`` contain versions."""

    type: str
    events: list[Event]

    @field_validator("events")
    @classmethod
    def _begins(cls, events: list[Event]) -> list[Event]:
        if not any(event.introduced is not None for event in events):
            raise ValueError("a range needs an event with introduced")
        return events


class Severity(_Model):
    """A score, such as a vector of CVSS."""

    type: str
    score: str


class Package(_Model):
    """A package of an ecosystem."""

    ecosystem: str
    name: str


class Affected(_Model):
    """Affected versions of one package."""

    package: Package | None = None
    ranges: list[Range] = []
    versions: list[str] = []
    severity: list[Severity] = []


class Advisory(_Model):
    """An advisory.

    Attributes:
        withdrawn: Time from which it does not apply.
        aliases: IDs of the same vulnerability in other databases.
    """

    id: str
    modified: AwareDatetime
    withdrawn: AwareDatetime | None = None
    aliases: list[str] = []
    summary: str = ""
    details: str = ""
    severity: list[Severity] = []
    affected: list[Affected] = []
    database_specific: dict[str, Any] = {}

    def of_python(self) -> list[tuple[str, Affected]]:
        """Return the affected Python packages with their normalized names."""
        return [
            (canonicalize_name(one.package.name), one)
            for one in self.affected
            if one.package and one.package.ecosystem.partition(":")[0] == ECOSYSTEM
        ]

    def severity_of(self, affected: Affected) -> str:
        """Return the severity in one word if the database has one, else a score, else nothing."""
        word = self.database_specific.get("severity")
        scores = [*affected.severity, *self.severity]
        return word if isinstance(word, str) else scores[0].score if scores else ""


def is_affected(affected: Affected, version: Version) -> bool:
    """Return whether a version is in the list or in a range of versions.

    A range with a version that PEP 440 does not define cannot be evaluated, so it contains all.
    The local part of a version (PEP 440) is ignored.
    """
    public = Version(version.public)
    listed = {_parse(text) or text for text in affected.versions}
    return public in listed or any(_contains(one, public) for one in affected.ranges)


def fixed_version(affected: Iterable[Affected], version: Version) -> str:
    """Return the first later version that is fixed; empty if there is none."""
    fixes = [
        fixed
        for one in affected
        for each in one.ranges
        if each.type != _COMMITS
        for event in each.events
        if (fixed := _parse(event.fixed or "")) and fixed > version
    ]
    return str(min(fixes)) if fixes else ""


def _contains(one: Range, version: Version) -> bool:
    if one.type == _COMMITS:
        return False
    steps: list[tuple[Version, int]] = []
    limits: list[Version] = []
    for event in one.events:
        for kind, text in event.model_dump(exclude_none=True).items():
            at = _EARLIEST if (kind, text) == ("introduced", "0") else _parse(text)
            if kind == "limit":
                limits += [at] if at else []
            elif at is None:
                return True
            else:
                steps.append((at, _ORDER.index(kind)))
    inside = False
    for at, order in sorted(steps):
        kind = _ORDER[order]
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside and (not limits or any(version < limit for limit in limits))


def _parse(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None

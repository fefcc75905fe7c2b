"""Advisories in the OSV format."""

from typing import Any

MODIFIED = "2026-11-20T10:00:00Z"


def ranged(*events: dict[str, str], name: str = "Alpha", kind: str = "ECOSYSTEM") -> dict[str, Any]:
    """An affected package with one range."""
    package = {"ecosystem": "PyPI", "name": name}
    return {"package": package, "ranges": [{"type": kind, "events": list(events)}]}


ALL = ranged({"introduced": "0"})


def advisory(
    name: str = "PYSEC-1", affected: dict[str, Any] = ALL, **fields: object
) -> dict[str, Any]:
    """An advisory as the database contains it."""
    return {
        "schema_version": "1.7.0",
        "id": name,
        "modified": MODIFIED,
        "summary": f"{name} in a sentence.",
        "affected": [affected],
        **fields,
    }

"""Lists the packages in images, with their licenses."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from packaging.utils import canonicalize_name

BILL: Final = "bill-of-materials.cdx.json"
"""Name of the CycloneDX document in the layer with packages."""

BILL_TYPE: Final = "application/vnd.cyclonedx+json"
_LONGEST_LICENSE: Final = 80
_DPKG: Final = Path("/var/lib/dpkg/status")


def describe(path: Sequence[str]) -> list[dict[str, str]]:
    """Return ``name``, ``version`` and ``license`` of the packages in folders, by name."""
    found = importlib.metadata.distributions(path=list(path))
    return sorted(
        (
            {
                "name": canonicalize_name(one.metadata["Name"]),
                "version": one.version,
                "license": _license_of(one.metadata),
            }
            for one in found
        ),
        key=lambda package: package["name"],
    )


def bill_of_materials(
    packages: Sequence[Mapping[str, str]], locked: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return a CycloneDX 1.6 document (ECMA-424).

    Args:
        packages: As returned by :func:`describe`.
        locked: Packages of the lock file, whose wheels have hashes.
    """
    hashes: dict[str, list[dict[str, str]]] = {
        canonicalize_name(one["name"]): [wheel["hashes"] for wheel in one.get("wheels", [])]
        for one in locked
    }
    return document_of(
        [
            {
                "type": "library",
                "name": package["name"],
                "version": package["version"],
                "purl": f"pkg:pypi/{package['name']}@{_quoted(package['version'])}",
                "licenses": [{"license": {"name": package["license"]}}]
                if package["license"]
                else [],
                "hashes": [
                    {"alg": "SHA-256", "content": one["sha256"]}
                    for one in hashes.get(package["name"], [])
                    if "sha256" in one
                ],
            }
            for package in packages
        ]
    )


def document_of(components: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a CycloneDX 1.6 document with components."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": list(components),
    }


def system_components(status: Path = _DPKG) -> list[dict[str, Any]]:
    """Return the Debian packages of this machine as components; none without dpkg.

    Args:
        status: The database of dpkg, as described in ``deb822(5)``.
    """
    if not status.is_file():
        return []
    components = []
    for entry in status.read_text("utf-8", "replace").split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in entry.splitlines() if re.match(r"[A-Z][\w-]*: ", line)
        )
        if "installed" not in fields.get("Status", "").split():
            continue
        name, version = fields["Package"], fields["Version"]
        purl = f"pkg:deb/debian/{_quoted(name)}@{_quoted(version)}?arch={fields['Architecture']}"
        components.append({"type": "library", "name": name, "version": version, "purl": purl})
    return sorted(components, key=lambda one: one["name"])


def _quoted(text: str) -> str:
    """Quote a name or version in a package URL (ECMA-427)."""
    return quote(text, safe=":")


def _license_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """Return the license: the expression (PEP 639), the classifier, or the older short text."""
    fields = metadata.json
    named = [
        entry.rpartition(" :: ")[2]
        for entry in fields.get("classifier", [])
        if entry.startswith("License :: ") and not entry.endswith("OSI Approved")
    ]
    older = str(fields.get("license", "")).strip()
    is_short = len(older) <= _LONGEST_LICENSE and "\n" not in older
    short = older if is_short and older != "UNKNOWN" else ""
    return str(fields.get("license_expression", "")) or ", ".join(named) or short

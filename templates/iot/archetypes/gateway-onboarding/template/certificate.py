"""Reads subjects of certificates in the notation of RFC 4514: `CN=dairy:gw-1,OU=Line 1,O=Example Dairy`."""

import re

LONGEST_NAME = 64
"""Maximum length of a common name (ub-common-name, RFC 5280, appendix A.1)."""

ATTRIBUTE = re.compile(
    r'([A-Za-z][A-Za-z0-9-]*|[0-9.]+)=((?:[^\\,+"<>;]|\\[0-9A-Fa-f]{2}|\\[ "#+,;<=>\\])+)'
)
ESCAPE = re.compile(r"((?:\\[0-9A-Fa-f]{2})+)|\\(.)")


def parse(subject: str) -> list[tuple[str, str]]:
    """Return the attributes of a subject with their values, in the original order.

    Raises:
        ValueError: The text is not a subject, or joins attributes with +, which is not supported.
    """
    parts: list[tuple[str, str]] = []
    for text in _split(subject):
        part = ATTRIBUTE.fullmatch(text.strip())
        if part is None:
            raise ValueError(
                f"the subject cannot be read at {text!r}; write CN=name,O=organisation"
            )
        parts.append((part[1].upper(), ESCAPE.sub(_plain, part[2])))
    return parts


def problems(subject: str, expected: dict[str, str]) -> list[str]:
    """Return the problems of a subject.

    Args:
        subject: Subject of the certificate.
        expected: Attributes that must occur exactly once, with their values.
    """
    try:
        parts = parse(subject)
    except ValueError as error:
        return [str(error)]
    wrong: list[str] = []
    for name, value in expected.items():
        found = [text for part, text in parts if part == name]
        if found != [value]:
            other = f", not {' and '.join(found)}" if found else ""
            wrong.append(f"the subject must have the {name} {value}{other}")
    return wrong


def _split(subject: str) -> list[str]:
    """Split at commas that no backslash escapes."""
    parts, is_escaped = [""], False
    for sign in subject:
        if sign == "," and not is_escaped:
            parts.append("")
        else:
            parts[-1] += sign
        is_escaped = sign == "\\" and not is_escaped
    return parts


def _plain(escape: re.Match[str]) -> str:
    """Return the text of an escape: a character after a backslash, or bytes of UTF-8 in hexadecimal digits."""
    if escape[1]:
        return bytes.fromhex(escape[1].replace("\\", "")).decode("utf-8", "replace")
    return escape[2]

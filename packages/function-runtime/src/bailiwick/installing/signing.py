"""Signs images as cosign does, so that admission controllers can verify them.

The signature is an image in the same repository with the tag ``sha256-….sig`` (sigstore, *Cosign
signature specification*). Its layer is the signed text, in the format of *simple signing*.
"""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any, Final

from bailiwick.installing.artifact import Artifact, Blob, architecture, assemble, descriptor

_LAYER_TYPE: Final = "application/vnd.dev.cosign.simplesigning.v1+json"
_ANNOTATION: Final = "dev.cosignproject.cosign/signature"
_SECONDS: Final = 30


class SigningFailed(Exception):
    """The key cannot sign."""


def signature_of(repository: str, digest: str, key: Path) -> Artifact:
    """Return the signature of an image.

    Args:
        repository: Host and path of the image.
        digest: Digest of its manifest.
        key: An unencrypted private ECDSA key (P-256) in PEM.

    Raises:
        SigningFailed: The key is not such a key.
    """
    text = json.dumps(_statement(repository, digest), separators=(",", ":")).encode()
    payload = Blob.of(text)
    layer: dict[str, Any] = {
        **descriptor(_LAYER_TYPE, payload),
        "annotations": {_ANNOTATION: base64.b64encode(_sign(text, key)).decode()},
    }
    config = {
        "architecture": architecture(),
        "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": [payload.digest]},
    }
    return assemble(config, [layer], [payload])


def tag_of(digest: str) -> str:
    """Return the tag of the signature of an image."""
    return f"{digest.replace(':', '-')}.sig"


def _statement(repository: str, digest: str) -> dict[str, Any]:
    return {
        "critical": {
            "identity": {"docker-reference": repository},
            "image": {"docker-manifest-digest": digest},
            "type": "cosign container image signature",
        },
        "optional": None,
    }


def find_key(key: Path | None) -> Path | None:
    """Return the key if images are to be signed.

    Args:
        key: Where it is if there is one.

    Raises:
        SigningFailed: Its folder contains other files instead, such as a key with another name.
    """
    if key is None or key.is_file():
        return key
    # a mounted Secret also contains ..data, even if it does not exist
    files = key.parent.glob("[!.]*") if key.parent.is_dir() else ()
    if any(files):
        raise SigningFailed(f"The image cannot be signed: the key is not named {key.name}")
    return None


def _sign(content: bytes, key: Path) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603
            ["openssl", "dgst", "-sha256", "-sign", str(key)],  # noqa: S607
            input=content,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        output = getattr(error, "stderr", None) or b""
        reason = output.decode(errors="replace").strip().partition("\n")[0] or str(error)
        raise SigningFailed(f"The image cannot be signed: {reason}") from error
    return done.stdout

"""Handles ``POST /code``: a draft serves the next commit until pods with it are ready."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from pydantic import Base64Bytes, BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bailiwick.errors import BundleRefused, CallFailed, InvalidParameter, LoadFailed
from bailiwick.functions import contract
from bailiwick.result_cache import ResultCache
from bailiwick.serving.call_requests import bounded_body
from bailiwick.serving.failures import with_call_id
from bailiwick.serving.source import Loader
from bailiwick.serving.try_endpoint import MAX_BODY_BYTES
from bailiwick.tries.check import check
from bailiwick.tries.confinement import is_supported


class NotReplaced(CallFailed):
    """The code is only served by new pods."""

    status, kind = 409, "not-replaced"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    archive: Base64Bytes


def replacement_endpoint(
    loader: Loader, results: ResultCache
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint.

    Its body is a JSON object with ``archive``: a ``.tar.gz`` file with ``functions.py``, in base64.
    The code replaces the served one if it loads in a confined process, and has the same contract
    and the same packages. Calls that run keep their code. Other code is refused with 409.
    """
    replacing = asyncio.Lock()

    async def replace(request: Request) -> Response:
        promised = json.loads(json.dumps(contract(loader.functions)))
        if _is_from_this_pod(request):
            raise NotReplaced("code of this pod must not replace what it serves")
        if not is_supported():
            raise NotReplaced("the node cannot confine processes")
        text = await bounded_body(request, limit=MAX_BODY_BYTES, what="the files")
        try:
            archive = _Body.model_validate_json(text).archive
            async with replacing:
                tried = await asyncio.to_thread(check, archive, loader.folder)
                if tried.get("problems") or tried.get("contract") != promised:
                    raise NotReplaced("the code does not load, or its contract differs")
                await asyncio.to_thread(loader.replace, archive)
        except ValidationError as error:
            raise InvalidParameter(str(error)) from error
        except (BundleRefused, LoadFailed) as error:
            raise NotReplaced(str(error)) from error
        results.forget()
        return JSONResponse({"replaced": True})

    return with_call_id(replace)


def _is_from_this_pod(request: Request) -> bool:
    """Return whether a process of the pod, such as code that is tried, sent a request.

    It uses the loopback interface, or the pod's address on both ends.
    """
    (peer, _), (here, _) = request.scope["client"], request.scope["server"]
    return bool(peer == here or peer.startswith("127.") or here.startswith("127."))

"""Outputs of functions in the store: tables as Parquet files, values as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bailiwick.results import ARROW, JSON, PARQUET, EncodedResult, Origin, Result, TableResult
from bailiwick.store import Format, Output


def format_of(answer: EncodedResult) -> Format:
    """Return the format of an output whose tables are encoded as Parquet files."""
    return "parquet" if answer.media_type == PARQUET else "json"


def values_of(result: Result, output: Output) -> Any:  # noqa: ANN401
    """Return an output as Python values of the declared types; a table is a list of rows."""
    if output.meta.format == "parquet" and isinstance(result, TableResult):
        # imported here and below: only apps with stored tables need it
        from bailiwick.parquet import rows_of  # noqa: PLC0415

        return result.restored(rows_of(result, output.content))
    return result.read(output.content)


def answer_of(
    function: str, result: Result, output: Output, *, as_arrow: bool = False
) -> EncodedResult:
    """Return an output as the response of a call.

    Args:
        function: Name of the function, for messages.
        result: The contract of the output.
        output: The output.
        as_arrow: Whether a table is encoded as an Arrow IPC stream; values are JSON.

    Raises:
        ContractBroken: Arrow cannot hold a value.
    """
    body, meta = output.content, output.meta
    if isinstance(result, TableResult) and meta.format == "parquet":
        from bailiwick.parquet import arrow_of, json_of  # noqa: PLC0415

        encode, media_type = (arrow_of, ARROW) if as_arrow else (json_of, JSON)
        answer = EncodedResult(encode(result, body), meta.rows, media_type)
    elif isinstance(result, TableResult) and as_arrow:
        answer = result.arrow(function, result.read(body), meta.rows)
    else:
        answer = EncodedResult(body, meta.rows)
    return replace(answer, origin=Origin(meta.run, meta.finished_at))

"""Outputs of functions in the store: tables as Parquet files, values as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bailiwick.results import EncodedResult, Origin, Result, TableResult
from bailiwick.store import Format, Output


def stored_form(result: Result, answer: EncodedResult) -> tuple[Format, bytes]:
    """Return an output as it is stored, and its format.

    Args:
        result: The contract of the output.
        answer: The output as JSON.

    Returns:
        A table as a Parquet file. Values are JSON, and so are tables with values that would change
        in Parquet, such as integers of more than 64 bits.
    """
    if isinstance(result, TableResult):
        # imported here and below: only apps with stored tables need it
        from bailiwick.parquet import encode_parquet  # noqa: PLC0415

        if (file := encode_parquet(result, answer)) is not None:
            return "parquet", file
    return "json", answer.body


def values_of(result: Result, output: Output) -> Any:  # noqa: ANN401
    """Return an output as Python values of the declared types; a table is a list of rows."""
    if output.meta.format == "parquet" and isinstance(result, TableResult):
        from bailiwick.parquet import rows_of  # noqa: PLC0415

        return rows_of(result, output.content)
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

        answer = arrow_of(result, body) if as_arrow else json_of(result, body)
    elif isinstance(result, TableResult) and as_arrow:
        answer = result.arrow(function, result.read(body), meta.rows)
    else:
        answer = EncodedResult(body, meta.rows)
    return replace(answer, origin=Origin(meta.run, meta.finished_at))

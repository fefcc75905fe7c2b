"""Results of a function: from a row or value type to the contract and to checked JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Protocol

from pydantic import ConfigDict, FailFast, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from pydantic_core import ErrorDetails
from typing_extensions import TypedDict

from bailiwick.columns import ColumnContract, columns_of
from bailiwick.errors import ContractBroken, NotATable, TooManyRows
from bailiwick.instances import Instances, InvalidRow, is_row
from bailiwick.keys import repeats, require_unique
from bailiwick.records import columns_of_table, records_of
from bailiwick.schema import ContractSchema, Schema, reason_of
from bailiwick.type_words import written

if TYPE_CHECKING:
    from arro3.core import ChunkedArray

JSON: Final = "application/json"
ARROW: Final = "application/vnd.apache.arrow.stream"
PARQUET: Final = "application/vnd.apache.parquet"
"""Media types of results (IANA)."""

TableForm = Literal["json", "arrow", "parquet"]
"""Format of an encoded table."""

_CONFIG = ConfigDict(allow_inf_nan=False, ser_json_inf_nan="null")


@dataclass(frozen=True)
class Origin:
    """The run that stored a result.

    Attributes:
        run: ID of the run.
        finished_at: End of the function in this run, in UTC.
    """

    run: str
    finished_at: dt.datetime


@dataclass(frozen=True)
class EncodedResult:
    """A checked result, ready to send.

    Attributes:
        body: ``{"rows": […], "count": N}`` or ``{"value": …}`` in UTF-8, an Arrow IPC stream, or a
            Parquet file.
        rows: Number of rows; 1 for a value.
        media_type: Type of the body.
        origin: The run that stored the result; ``None`` for the result of a call.
        calculated_at: Start of the call, in UTC, if later calls reuse its result.
    """

    body: bytes
    rows: int
    media_type: str = JSON
    origin: Origin | None = None
    calculated_at: dt.datetime | None = None


@dataclass(frozen=True)
class Batch:
    """One checked item of a stream.

    Attributes:
        rows: The rows.
        is_list: Whether a list of rows was yielded rather than a single one.
    """

    rows: list[dict[str, Any]]
    is_list: bool


class Result(Protocol):
    """Result type of a function."""

    def document(self) -> dict[str, Any]:
        """Return the result as in ``GET /contract``."""

    def answer(self, function: str, returned: object, max_rows: int) -> EncodedResult:
        """Check the returned value against the declared type.

        Raises:
            ContractBroken: The value differs from the type.
            TooManyRows: It is a table of more than ``max_rows`` rows.
        """

    def read(self, json: bytes) -> Any:  # noqa: ANN401
        """Return the result in a JSON response, as Python values of the declared types."""


class TableResult:
    """Rows of one shape."""

    kind = "table"

    def __init__(self, row: type, *, keys_repeat: bool = False) -> None:
        """Derive the columns from a row type, see :func:`bailiwick.columns.is_row_type`.

        With ``keys_repeat``, rows can have the same key, because later ones replace earlier ones.

        Raises:
            TypeError: A column cannot be described.
        """
        self.columns: tuple[ColumnContract, ...] = columns_of(row)
        self.names = [column.name for column in self.columns]
        self._instances = Instances(row, self.names)
        self._key_positions = [
            index for index, column in enumerate(self.columns) if column.key and not keys_repeat
        ]
        self._time_positions = [
            index for index, column in enumerate(self.columns) if column.core is dt.datetime
        ]
        # The runtime's own TypedDict: pydantic refuses typing.TypedDict before Python 3.12, and the
        # other row types are checked by their columns, too.
        fields = {column.name: column.hint for column in self.columns}
        own_typed_dict: Any = TypedDict
        own_row: Any = own_typed_dict(row.__name__, fields)
        own_row.__pydantic_config__ = _CONFIG
        rows: Any = list.__class_getitem__(own_row)
        self._rows: TypeAdapter[list[dict[str, Any]]] = TypeAdapter(rows)

    @cached_property
    def adapters(self) -> list[TypeAdapter[list[Any]]]:
        """Validators of the values of each column."""
        return [_column_adapter(column.hint) for column in self.columns]

    @property
    def key(self) -> list[str]:
        """Names of the columns that together identify a row."""
        return [column.name for column in self.columns if column.key]

    def document(self) -> dict[str, Any]:
        """Return ``kind``, ``key`` and ``columns``."""
        return {
            "kind": self.kind,
            "key": self.key,
            "columns": [column.document() for column in self.columns],
        }

    def answer(self, function: str, returned: object, max_rows: int) -> EncodedResult:
        """Check columns, number of rows, each value and the key; see :class:`Result`."""
        return self.table(self._checked_table(function, returned, max_rows))

    def arrow(self, function: str, returned: object, max_rows: int) -> EncodedResult:
        """Check the result as :meth:`answer` does, and encode it as an Arrow IPC stream.

        Raises:
            ContractBroken: A value differs from its type, Arrow cannot hold it, or two rows have
                the same key.
            TooManyRows: The table has more than ``max_rows`` rows.
        """
        # imported here: only apps whose results are read in this format need it
        from bailiwick.arrow import NotInArrow, arrow_table, comparable, encoded  # noqa: PLC0415

        with self._naming(function, max_rows):
            plain = {one.name: one for one in self.columns if one.is_plain}
            values = columns_of_table(returned, self.names, max_rows, self._instances, plain)
        checked = self._checked_columns(function, values)
        keys = [comparable(checked[index]) for index in self._key_positions]
        if keys and repeats(keys):
            # names the rows, with values as people read them
            self._checked_table(function, returned, max_rows)
            raise ContractBroken(f"{function} returned rows with the same key")
        try:
            return EncodedResult(
                encoded(arrow_table(self.columns, checked)), len(checked[0]), ARROW
            )
        except NotInArrow as error:
            raise ContractBroken(
                f"{function} returned {error}", row=error.row, column=error.column
            ) from None

    def parquet(self, function: str, returned: object, max_rows: int) -> EncodedResult:
        """Check rows as for JSON, and encode them as a Parquet file.

        Returns:
            The file, whose JSON is that of :meth:`answer`, byte for byte; if a value prevents that,
            the JSON.
        """
        # imported here: only apps with stored tables need it
        from bailiwick.parquet import encode_parquet  # noqa: PLC0415

        rows = self._checked_table(function, returned, max_rows)
        answer = self.table(rows)
        file = encode_parquet(self, rows, answer.body)
        return answer if file is None else EncodedResult(file, len(rows), PARQUET)

    def _checked_columns(
        self, function: str, values: list[list[Any] | ChunkedArray]
    ) -> list[list[Any] | ChunkedArray]:
        checked: list[list[Any] | ChunkedArray] = []
        failures: list[tuple[int, ErrorDetails]] = []
        for adapter, column, present in zip(self.adapters, self.columns, values, strict=True):
            if not isinstance(present, list):  # in Arrow
                checked.append(present)
                continue
            try:
                checked.append(adapter.validate_python(present))
            except ValidationError as error:
                first = error.errors()[0]
                row, *inner = first["loc"]
                failures.append((int(row), {**first, "loc": (row, column.name, *inner)}))
        if failures:
            _, first = min(failures, key=lambda failure: failure[0])
            raise ContractBroken(f"{function} {_bad_cell(first, 0)}")
        for index in self._time_positions:
            if isinstance(present := checked[index], list):
                self._require_same_zones(function, index, present)
        return checked

    def table(self, rows: list[dict[str, Any]]) -> EncodedResult:
        """Return checked rows as the response of a call."""
        return encode_table(self.json(rows), len(rows))

    def read(self, json: bytes) -> list[Any]:
        """Return the rows of a response; see :class:`Result`."""
        rows = json.removeprefix(b'{"rows":').rpartition(b',"count":')[0]
        return self.restored(self._rows.validate_json(rows))

    def restored(self, rows: list[dict[str, Any]]) -> list[Any]:
        """Return checked rows as values of the row type."""
        return self._instances.restored(rows)

    def json(self, rows: list[dict[str, Any]]) -> bytes:
        """Return checked rows as a JSON array, in UTF-8."""
        return self._rows.dump_json(rows)

    def _checked_table(
        self, function: str, returned: object, max_rows: int
    ) -> list[dict[str, Any]]:
        rows = self._checked(function, returned, max_rows)
        if names := [self.names[index] for index in self._key_positions]:
            require_unique(function, names, [[row[name] for row in rows] for name in names])
        return rows

    def _checked(
        self, function: str, returned: object, max_rows: int, first: int = 0
    ) -> list[dict[str, Any]]:
        """Check rows, the first of which is number ``first`` in messages."""
        with self._naming(function, max_rows, first):
            records = records_of(returned, self.names, max_rows, self._instances)
        try:
            rows = self._rows.validate_python(records)
        except ValidationError as error:
            raise ContractBroken(f"{function} {_bad_cell(error.errors()[0], first)}") from None
        for index in self._time_positions:
            name = self.names[index]
            self._require_same_zones(function, index, [row[name] for row in rows], first)
        return rows

    def _require_same_zones(
        self, function: str, index: int, values: list[dt.datetime | None], first: int = 0
    ) -> None:
        """Raise an error if a column mixes times with and without an offset.

        Without an offset, it is unknown which of them is earlier.
        """
        naive = next((row for row, one in enumerate(values) if one and not one.tzinfo), None)
        if naive is None or all(one is None or not one.tzinfo for one in values):
            return
        raise ContractBroken(
            f"{function} returned {values[naive]!r} in column {self.names[index]!r} of row "
            f"{first + naive}: it has no offset from UTC, but other times of the column have one; "
            "add one: moment.replace(tzinfo=datetime.UTC), or the ZoneInfo of its place",
            row=first + naive,
            column=self.names[index],
        )

    @contextmanager
    def _naming(self, function: str, max_rows: int, first: int = 0) -> Iterator[None]:
        """Name the function in the errors of a table."""
        try:
            yield
        except TooManyRows as error:
            raise TooManyRows(f"{function} returned {error}", limit=max_rows) from None
        except NotATable as error:
            raise ContractBroken(f"{function} {error}", columns=self.names) from None
        except InvalidRow as error:
            raise ContractBroken(f"{function} {_bad_cell(error.details, first)}") from None


class StreamResult(TableResult):
    """A stream of rows of one shape."""

    kind = "stream"

    def __init__(self, row: type, *, is_async: bool) -> None:
        """Derive the columns from a row type; see :class:`TableResult`."""
        super().__init__(row)
        self.is_async = is_async

    def batch(self, function: str, item: object, max_rows: int, first: int) -> Batch:
        """Check one item that a stream yielded.

        Args:
            function: Name of the function, for messages.
            item: A row, or a table of rows.
            max_rows: Maximum number of rows of one item.
            first: Number of rows before this item, for messages.

        Raises:
            ContractBroken: It is neither, or differs from the contract.
            TooManyRows: It is a table of more than ``max_rows`` rows.
        """
        is_list = not is_row(item)
        if is_list and (isinstance(item, str | bytes) or not isinstance(item, Iterable)):
            raise ContractBroken(f"{function} yielded {type(item).__name__} instead of a row")
        rows = self._checked(function, item if is_list else [item], max_rows, first)
        return Batch(rows, is_list)


class ValueResult:
    """One JSON value."""

    def __init__(self, hint: Any) -> None:  # noqa: ANN401
        """Derive the schema from a type.

        Raises:
            TypeError: The type has no JSON form.
        """
        try:
            self._value: TypeAdapter[Any] = TypeAdapter(hint)
            self.schema: Schema = self._value.json_schema(
                mode="serialization", schema_generator=ContractSchema
            )
        except (PydanticUserError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise TypeError(f"the result {written(hint)} has no JSON form: {reason}") from error

    def document(self) -> dict[str, Any]:
        """Return ``kind`` and ``schema``."""
        return {"kind": "value", "schema": self.schema}

    def answer(self, function: str, returned: object, max_rows: int) -> EncodedResult:  # noqa: ARG002
        """Check the value; see :class:`Result`."""
        try:
            value = self._value.validate_python(returned)
        except ValidationError as error:
            reason = reason_of(error.errors()[0])
            raise ContractBroken(
                f"{function} returned a value that differs from the declared type: {reason}"
            ) from None
        return EncodedResult(b'{"value":' + self._value.dump_json(value) + b"}", 1)

    def read(self, json: bytes) -> Any:  # noqa: ANN401
        """Return the value of a response; see :class:`Result`."""
        return self._value.validate_json(json.removeprefix(b'{"value":').removesuffix(b"}"))


def encode_table(rows: bytes, count: int) -> EncodedResult:
    """Return the response of a table from its rows (a JSON array in UTF-8) and their number."""
    return EncodedResult(b'{"rows":' + rows + b',"count":%d}' % count, count)


def _column_adapter(hint: Any) -> TypeAdapter[list[Any]]:  # noqa: ANN401
    """Return the validator of a column, which stops at the first value that differs."""
    values: Any = list.__class_getitem__(hint)
    return TypeAdapter(Annotated[values, FailFast()], config=_CONFIG)


def _bad_cell(first: ErrorDetails, before: int) -> str:
    row = before + int(first["loc"][0])
    if len(first["loc"]) == 1:
        return f"returned the invalid row {row}: {reason_of(first)}"
    column = first["loc"][1]
    if first["input"] is None:
        return (
            f"returned no value for column {column!r} in row {row}; declare it '… | None' or set it"
        )
    return f"returned {first['input']!r} in column {column!r} of row {row}: {reason_of(first)}"

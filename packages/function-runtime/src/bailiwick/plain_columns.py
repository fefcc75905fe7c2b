"""Columns of tables that become Arrow as they are, without Python objects for their values."""

from __future__ import annotations

import datetime as dt
import decimal
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from arro3.core import Array, ChunkedArray, DataType

from bailiwick.arrow import arrow_type
from bailiwick.columns import ColumnContract

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def _is_small_integer(of: DataType) -> bool:
    return DataType.is_integer(of) and not DataType.is_uint64(of)


def _is_float(of: DataType) -> bool:
    return DataType.is_float32(of) or DataType.is_float64(of)


def _is_text(of: DataType) -> bool:
    if DataType.is_dictionary(of):
        return of.value_type is not None and _is_text(of.value_type)
    return any(is_kind(of) for is_kind in _TEXTS)


_TEXTS: Final = (DataType.is_string, DataType.is_large_string, DataType.is_string_view)

# Other types that pydantic would convert (numbers in texts, for example) are left to it.
_KINDS: Final[Mapping[object, Callable[[DataType], bool]]] = {
    bool: DataType.is_boolean,
    int: _is_small_integer,
    float: _is_float,
    str: _is_text,
    decimal.Decimal: DataType.is_decimal128,
    dt.date: DataType.is_date32,
    dt.datetime: DataType.is_timestamp,
    dt.time: DataType.is_time,
    dt.timedelta: DataType.is_duration,
}


def core_of(column: Any) -> Any:  # noqa: ANN401
    """Return the Python type of the values of a column of polars or pyarrow; None for others."""
    kind = ChunkedArray.from_arrow(column).type
    return next((core for core, is_kind in _KINDS.items() if is_kind(kind)), None)


def plain_column(column: Any, contract: ColumnContract) -> ChunkedArray | None:  # noqa: ANN401
    """Return a column of polars or pyarrow in the Arrow type of its contract.

    Args:
        column: A column that has the Arrow PyCapsule interface.
        contract: Its contract, in which all values of ``core`` are valid (``is_plain``).

    Returns:
        The column; None if its type is another, or if the values need a check one by one.
    """
    core = contract.core
    wanted = arrow_type(core)
    if wanted is None:
        return None
    try:
        values = ChunkedArray.from_arrow(column)
        if not _KINDS[core](values.type) or (values.null_count and not contract.nullable):
            return None
        # the values of an extension type can mean others than those that it stores
        if b"ARROW:extension:name" in values.field.metadata:
            return None
        cast = values.cast(wanted)
        is_valid = _is_exact(values, cast, core) and _is_readable(cast, core)
    except Exception:  # noqa: BLE001 - of the library; the check one by one names the value
        return None
    return cast if is_valid else None


def _is_exact(values: ChunkedArray, cast: ChunkedArray, core: object) -> bool:
    """Whether no value has become null, and no decimal or time has been rounded."""
    if cast.null_count != values.null_count:
        return False
    if core not in (decimal.Decimal, dt.datetime, dt.time, dt.timedelta):
        return True
    # a cast has no name of a column, which counts in the comparison
    return cast.cast(values.type).equals(values.cast(values.type))


def _is_readable(values: ChunkedArray, core: object) -> bool:
    """Whether all values are such of the Python type: finite, in its range, valid UTF-8."""
    if core in _WITHIN:
        through, within = _WITHIN[core]
        if values.cast(through).cast(within).null_count == values.null_count:
            return True
    if core not in _RANGES:
        return core not in _WITHIN
    first, last = _RANGES[core]
    integers = values.cast(DataType.int32() if core is dt.date else DataType.int64())
    return all(first <= value <= last for value in integers.to_pylist() if value is not None)


# A cast to these types, through others, makes null of what may be out of range.
_WITHIN: Final[Mapping[object, tuple[DataType, DataType]]] = {
    float: (DataType.float64(), DataType.decimal128(38, 0)),
    str: (DataType.binary(), DataType.string()),
    dt.date: (DataType.int32(), DataType.decimal128(5, 0)),
    dt.datetime: (DataType.timestamp("us"), DataType.timestamp("ns")),
}

_EPOCH_DAY: Final = dt.date(1970, 1, 1).toordinal()
_FIRST_DAY, _LAST_DAY = (one.toordinal() - _EPOCH_DAY for one in (dt.date.min, dt.date.max))
_DAY: Final = dt.timedelta(days=1) // dt.timedelta(microseconds=1)

# Days since 1970 and microseconds.
_RANGES: Final[Mapping[object, tuple[int, int]]] = {
    dt.date: (_FIRST_DAY, _LAST_DAY),
    dt.datetime: (_FIRST_DAY * _DAY, (_LAST_DAY + 1) * _DAY - 1),
    dt.time: (0, _DAY - 1),
}

_DTYPES: Final[Mapping[object, str]] = {bool: "bool", int: "int64", float: "float64"}


def plain_series(column: pd.Series[Any], contract: ColumnContract) -> ChunkedArray | None:
    """Return a column of pandas as :func:`plain_column` does; None if a value is missing, too."""
    core = contract.core
    if column.dtype.kind == "M" and core in (dt.datetime, dt.date):
        return _instants(column, core)
    if str(column.dtype) != _DTYPES.get(core):
        return None
    # a copy has no gaps
    values: np.ndarray[Any, Any] = column.to_numpy().copy()
    if core is float and not float(abs(values).max(initial=0)) < math.inf:
        return None
    return _chunked(values, core)


def _instants(column: pd.Series[Any], core: object) -> ChunkedArray | None:
    if column.isna().any():
        return None
    zone = getattr(column.dtype, "tz", None)
    # a date is that of the place, an instant is the same everywhere
    local = column.dt.tz_localize(None) if zone and core is dt.date else column
    moments = (local.dt.tz_convert(None) if getattr(local.dtype, "tz", None) else local).to_numpy()
    if core is dt.date:
        days = moments.astype("datetime64[D]")
        if not (days == moments).all():
            return None
        numbers = days.astype("int64").astype("int32")
    else:
        numbers = moments.astype("datetime64[us]").astype("int64")
    return _chunked(numbers, core)


def _chunked(values: np.ndarray[Any, Any], core: object) -> ChunkedArray:
    column = ChunkedArray([Array.from_numpy(values)])
    wanted = arrow_type(core)
    return column.cast(wanted) if wanted else column

"""Columns of tables that become Arrow as they are, without a Python object per value."""

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


def plain_column(column: Any, contract: ColumnContract) -> ChunkedArray | None:  # noqa: ANN401
    """Return a column of polars or pyarrow in the Arrow type of its contract.

    Args:
        column: A column that has the Arrow PyCapsule interface.
        contract: Its contract, in which all values of ``core`` are valid (``is_plain``).

    Returns:
        The column; None if its type is another, or if the values need a check one by one.
    """
    wanted = arrow_type(contract.core)
    if wanted is None:
        return None
    try:
        values = ChunkedArray.from_arrow(column)
        if not _KINDS[contract.core](values.type) or (values.null_count and not contract.nullable):
            return None
        cast = values.cast(wanted)
        # a value that does not fit has become null, and decimals have been rounded
        is_exact = cast.null_count == values.null_count and (
            contract.core is not decimal.Decimal or cast.cast(values.type).equals(values)
        )
    except Exception:  # noqa: BLE001 - of the library; the check one by one names the value
        return None
    if contract.core is float and not _all_finite(cast):
        return None
    return cast if is_exact else None


def _all_finite(values: ChunkedArray) -> bool:
    return math.isfinite(sum(filter(None, values.to_pylist())))


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

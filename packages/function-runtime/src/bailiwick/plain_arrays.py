"""Columns of pandas that Arrow stores as they are, without a Python object per value."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


_DTYPES: Final[Mapping[object, str]] = {bool: "bool", int: "int64", float: "float64"}


def plain_array(column: pd.Series[Any], core: object) -> np.ndarray[Any, Any] | None:
    """Return the values as Arrow stores them if no value is missing and all have the type.

    Args:
        column: The column.
        core: ``bool``, ``int``, ``float``, ``datetime.datetime`` or ``datetime.date``.

    Returns:
        Contiguous bool, int64 or float64, int64 microseconds or int32 days since 1970 (UTC); None
        if the values need a check one by one.
    """
    if column.dtype.kind == "M" and core in (dt.datetime, dt.date):
        return _instants(column, core)
    if str(column.dtype) != _DTYPES.get(core):
        return None
    # a copy has no gaps
    values: np.ndarray[Any, Any] = column.to_numpy().copy()
    if core is float and not float(abs(values).max(initial=0)) < math.inf:
        return None
    return values


def _instants(column: pd.Series[Any], core: object) -> np.ndarray[Any, Any] | None:
    if column.isna().any():
        return None
    zone = getattr(column.dtype, "tz", None)
    # a date is that of the place, an instant is the same everywhere
    local = column.dt.tz_localize(None) if zone and core is dt.date else column
    moments = (local.dt.tz_convert(None) if getattr(local.dtype, "tz", None) else local).to_numpy()
    if core is dt.datetime:
        return moments.astype("datetime64[us]").astype("int64")
    days = moments.astype("datetime64[D]")
    return days.astype("int64").astype("int32") if (days == moments).all() else None

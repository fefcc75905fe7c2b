"""Beginning of the code of an app, for tests."""

PRELUDE = """\
import datetime as dt
from typing import Annotated, TypedDict
import pandas as pd
from bailiwick import Column, Key, Table, Vocabulary

Symbol = Annotated[str, Vocabulary("Symbol", pattern="^[A-Z]{1,5}$", examples=("AAPL",))]
Money = Annotated[float, Vocabulary("Money", unit="USD")]

class Price(TypedDict):
    symbol: Annotated[Symbol, Key]
    date: Annotated[dt.date, Key]
    price: Money
    change: Annotated[float | None, Column(description="Against the month before", unit="ratio")]
"""

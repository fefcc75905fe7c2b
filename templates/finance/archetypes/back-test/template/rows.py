"""The rows that the functions return."""

from typing import Annotated, TypedDict

from bailiwick import Column, Key

from vocabulary import (
    Date,
    Money,
    Return,
    Sharpe,
    Side,
    Strategy,
    Symbol,
    TradeCount,
    TrendSignal,
    Volatility,
    Weight,
)


class Signal(TypedDict):
    """What the end of a month says about the next one."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month")]
    price: Annotated[Money, Column("Price of the month", unit="USD")]
    mean: Annotated[Money, Column("Of the last months, with this one", unit="USD")]
    signal: Annotated[TrendSignal, Column("For the next month")]


class Trade(TypedDict):
    """One purchase or sale."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month from which it holds")]
    side: Side
    price: Annotated[Money, Column("At the end of the month before", unit="USD")]
    cost: Annotated[Weight, Column("Part of what was traded")]


class Point(TypedDict):
    """One month of a share."""

    symbol: Annotated[Symbol, Key]
    date: Annotated[Date, Key, Column("First day of the month")]
    position: Annotated[Weight, Column("1 while the share is held, 0 while money is")]
    rule: Annotated[Money, Column("What 1 became by the rule")]
    holding: Annotated[Money, Column("What 1 became by holding the share")]
    drawdown: Annotated[Return, Column("Of the rule, from its height before")]


class Figures(TypedDict):
    """One way to invest in a share."""

    symbol: Annotated[Symbol, Key]
    strategy: Annotated[Strategy, Key]
    yearly_return: Annotated[Return, Column("Geometric mean of a year")]
    volatility: Volatility
    sharpe: Annotated[Sharpe | None, Column("Mean of returns by their deviation, for a year")]
    max_drawdown: Annotated[Return, Column("Deepest fall from a height before")]
    trades: TradeCount

"""Styles of docstrings."""

from collections.abc import Callable

import pytest

from bailiwick.functions import Function


def google(symbols: list[str], start: str = "") -> list[float]:
    """Prices of shares.

    One for each symbol:

    - the newest comes first.

    Args:
        symbols: Which shares,
            such as AAPL.
        start (str): First day. Defaults to all.

    Returns:
        The prices: in USD.

    Raises:
        ValueError: There are none.

    Example:
        >>> google(["AAPL"])
        [1.5]
    """
    raise NotImplementedError


def numpy(symbols: list[str], start: str = "") -> list[float]:
    """Prices of shares.

    One for each symbol:

    - the newest comes first.

    Parameters
    ----------
    symbols : list of str
        Which shares,
        such as AAPL.
    start : str, optional
        First day. Defaults to all.

    Returns
    -------
    list of float
        The prices: in USD.

    Raises
    ------
    ValueError
        There are none.

    Examples
    --------
    >>> numpy(["AAPL"])
    [1.5]
    """
    raise NotImplementedError


def rest(symbols: list[str], start: str = "") -> list[float]:
    """Prices of shares.

    One for each symbol:

    - the newest comes first.

    :param symbols: Which shares,
        such as AAPL.
    :param str start: First day. Defaults to all.
    :type symbols: list[str]
    :returns: The prices: in USD.
    :rtype: list[float]
    :raises ValueError: There are none.
    """
    raise NotImplementedError


@pytest.mark.parametrize("function", [google, numpy, rest])
def test_each_style_describes_parameters(function: Callable[..., object]) -> None:
    described = Function.of(function)

    properties = described.parameters.schema["properties"]
    assert properties["symbols"]["description"] == "Which shares, such as AAPL."
    assert properties["start"]["description"] == "First day. Defaults to all."
    paragraphs = "Prices of shares.", "One for each symbol:", "- the newest comes first."
    assert described.description == "\n\n".join(paragraphs)


def resembling(symbols: list[str]) -> list[float]:
    """Prices of shares, without those that are not listed, as in
    :class:`Price`.

    Args:
        symbols: Which shares.
    """
    raise NotImplementedError


def without_parameters() -> float:
    """Mean of all prices.

    Returns
    -------
    float
        The mean.
    """
    raise NotImplementedError


def test_text_does_not_select_a_style() -> None:
    properties = Function.of(resembling).parameters.schema["properties"]
    assert properties["symbols"]["description"] == "Which shares."
    assert Function.of(without_parameters).description == "Mean of all prices."

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


def starting_with_a_role() -> float:
    """:meth:`latest` prices of: shares."""
    raise NotImplementedError


def with_a_role() -> float:
    """Mean of all prices.

    :class:`Price` has: more.
    """
    raise NotImplementedError


def with_an_example() -> float:
    """Mean of all prices.

    Examples
    --------
    >>> with_an_example()
    1.5
    """
    raise NotImplementedError


def test_text_does_not_select_a_style() -> None:
    properties = Function.of(resembling).parameters.schema["properties"]
    assert properties["symbols"]["description"] == "Which shares."
    assert Function.of(without_parameters).description == "Mean of all prices."
    assert Function.of(with_an_example).description == "Mean of all prices."
    assert Function.of(starting_with_a_role).description == ":meth:`latest` prices of: shares."
    paragraphs = "Mean of all prices.", ":class:`Price` has: more."
    assert Function.of(with_a_role).description == "\n\n".join(paragraphs)

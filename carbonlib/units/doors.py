"""Dimensions checked where a function is entered."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from carbonlib.errors import UnitError, shown
from carbonlib.units.registry import Quantity, same_dimension, ureg

F = TypeVar("F", bound=Callable[..., Any])


def _complaint(function: str, argument: str, need: str, got: object) -> UnitError:
    example = f'{argument}=Q_({got!r}, "{need}")' if isinstance(got, int | float) else f'Q_(1, "{need}")'
    return UnitError.of(
        "unit.door",
        ja=f"{function}: {argument} は {need} の量です。渡された値: {shown(got)}。{example} のように書いてください。",
        en=f"{function}: {argument} needs {need}, got {shown(got)} - write {example}",
    )


def expects(**needs: str) -> Callable[[F], F]:
    """Check the dimension of each named argument; ``None`` is let through where it is the default.

    Parameters
    ----------
    **needs : str
        Argument name → a unit of the registry that the argument must convert to.

    Raises
    ------
    UnitError
        By the decorated function, naming function, argument, need, gift and cure.

    >>> from carbonlib.units import Q_
    >>> @expects(energy="kWh")
    ... def double(energy):
    ...     return 2 * energy
    >>> double(Q_(2, "kWh"))
    <Quantity(4, 'kilowatt_hour')>
    >>> try:
    ...     double(1200)
    ... except UnitError as error:
    ...     print(error.text("en"))
    double: energy needs kWh, got 1200 - write energy=Q_(1200, "kWh")
    """

    def decorate(function: F) -> F:
        signature = inspect.signature(function)
        unknown = needs.keys() - signature.parameters.keys()
        assert not unknown, f"{function.__name__} has no argument {sorted(unknown)}"

        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            given = signature.bind(*args, **kwargs).arguments
            for name, need in needs.items():
                value: Quantity = given.get(name)
                if value is None and signature.parameters[name].default is None:
                    continue
                if not isinstance(value, ureg.Quantity) or not same_dimension(value, need):
                    raise _complaint(function.__name__, name, need, value)
            return function(*args, **kwargs)

        return checked  # type: ignore[return-value]

    return decorate

"""What a saving equals in sales: the turnover that would have to be won to earn as much."""

from __future__ import annotations

from carbonlib.errors import UnitError
from carbonlib.units import Quantity, expects


@expects(saving="JPY/year", margin="percent")
def equivalent_sales(*, saving: Quantity, margin: Quantity) -> Quantity | None:
    r"""Return the yearly sales whose operating profit equals a yearly saving.

    Parameters
    ----------
    saving : Quantity
        Cost saving of a year. [JPY/year]
    margin : Quantity
        Operating profit over sales (売上高営業利益率), at most 100 %. [%]

    Returns
    -------
    Quantity or None
        None where nothing is earned: no saving, or a margin of zero or less, under which no sales earn anything.
        [JPY/year]

    Raises
    ------
    UnitError
        An argument of another dimension, or a margin above 100 %.

    Notes
    -----
    .. math:: U = S / m

    6,000 kWh at 23 円/kWh save 138,000 円 a year, as much as 276 万円 of sales earn at 5 % (Saitama deck 2025-10-28,
    コスト削減=売上換算):

    >>> from carbonlib.units import Q_
    >>> equivalent_sales(saving=Q_(138_000, "JPY/year"), margin=Q_(5, "percent"))
    <Quantity(2760000.0, 'yen / year')>
    """
    share = float(margin.to("percent").magnitude) / 100
    if share > 1:
        raise UnitError.of(
            "finance.margin",
            ja="売上高営業利益率は 100 % 以下で書いてください。",
            en="The operating margin is at most 100 %.",
        )
    yearly = saving.to("JPY/year")
    if share <= 0 or yearly.magnitude <= 0:
        return None
    return yearly * (100 / float(margin.to("percent").magnitude))

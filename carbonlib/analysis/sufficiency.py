"""Whether the data suffice to tell base, heating and cooling load apart, each reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carbonlib.analysis.changepoint import Search, WeatherFit
from carbonlib.errors import Message
from carbonlib.records.bands import Band, Bands
from carbonlib.units import format_number

CHECK = "weather_fit"


@dataclass(frozen=True)
class Verdict:
    """Whether a fit may be relied on, and what speaks against it; `explained`: the temperature explains enough of it."""

    reasons: tuple[Message, ...]
    explained: bool = True

    @property
    def sufficient(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def band_of(bands: Bands, check: str, subject: str) -> Band:
    """Return a threshold that the package carries, or the workspace's own."""
    found = bands.of(check, subject)
    assert found is not None, f"bands.csv has no row {check}, {subject}"
    return found


def search_of(bands: Bands, *, heating: bool, cooling: bool) -> Search:
    """Return where base temperatures are looked for by the thresholds.

    >>> from carbonlib.records.bands import built_in_bands
    >>> search_of(built_in_bands(), heating=True, cooling=False).heating_c
    (5.0, 20.0)
    """
    low_high = [
        (float(b.low), float(b.high))
        for b in (band_of(bands, CHECK, s) for s in ("heating_base", "cooling_base"))
    ]
    return Search(
        low_high[0] if heating else None,
        low_high[1] if cooling else None,
        least_t=float(band_of(bands, CHECK, "t_value").low),
        least_spans=int(band_of(bands, CHECK, "periods").low),
    )


def verdict(fit: WeatherFit, *, measured: bool, bands: Bands) -> Verdict:
    """Return whether the data suffice, with every reason why not.

    Parameters
    ----------
    fit : WeatherFit
        Of the months of a year.
    measured : bool
        Whether the temperatures are those of these months; means of other years or a sample are not.
    bands : Bands
        The thresholds: months, R² and CV(RMSE). A use that does not follow the weather has no R² to judge.
    """
    reasons: list[Message] = []
    months = band_of(bands, CHECK, "months").low
    if len(fit.spans) < months:
        reasons.append(
            Message(
                f"使用量の分かる月が {len(fit.spans)} か月です（{months} か月以上が必要）",
                f"only {len(fit.spans)} months of use are known ({months} are needed)",
            )
        )
    if not measured:
        reasons.append(
            Message(
                "気温がその期間の実績ではありません",
                "the temperatures are not those of the year",
            )
        )
    least = band_of(bands, CHECK, "r_squared").low
    explained = fit.form == "none" or Decimal(fit.r_squared) >= least
    if not explained:
        value = format_number(fit.r_squared, 2)
        reasons.append(
            Message(
                f"気温で説明できる割合（決定係数 R²）が {value} です（目安 {least} 以上）",
                f"R² is {value} ({least} at least)",
            )
        )
    most = band_of(bands, CHECK, "cv_rmse").high
    if Decimal(fit.cv_rmse) * 100 > most:
        value = format_number(fit.cv_rmse * 100, 1)
        reasons.append(
            Message(
                f"推定の誤差 CV(RMSE) が {value} % です（目安 {most} % 以下）",
                f"CV(RMSE) is {value} % ({most} % at most)",
            )
        )
    return Verdict(tuple(reasons), explained)

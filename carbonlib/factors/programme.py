"""Programmes: which factor sets one account is made with, and the factor they give for a carrier and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from carbonlib.errors import FactorError, Finding, Message, MissingFactorError, alike, shown
from carbonlib.factors.loader import built_in_sets, carriers, data_yaml
from carbonlib.factors.model import EVIDENCE, KIND_LABELS, Factor, FactorSet
from carbonlib.fiscal_year import label
from carbonlib.units import volume_bases

NO_FACTOR_JA = "該当年度の係数なし"
NO_FACTOR_EN = "no factor for this year"


@dataclass(frozen=True)
class Programme:
    """The sets that one account needs, by role, and the basis of its electricity factors.

    Two accounts may be added only where programme, fiscal year and basis agree; suppliers may differ.
    `provisional_year` is set where factors of another year are used by explicit decision.
    """

    id: str
    name_ja: str
    name_en: str
    basis: str
    basis_ja: str
    basis_en: str
    named_only: bool
    parts: Mapping[str, tuple[FactorSet, ...]]
    provisional_year: int | None = None

    def factors(self) -> Iterable[Factor]:
        """Return every factor of every part."""
        for sets in self.parts.values():
            for one in sets:
                yield from one.factors

    def provisional(self, year: int) -> Programme:
        """Return the programme with the factors of `year` standing in, which its results will say."""
        return replace(self, provisional_year=year)

    def _year(self, fiscal_year: int) -> int:
        return fiscal_year if self.provisional_year is None else self.provisional_year

    def suppliers(self, carrier: str, fiscal_year: int) -> tuple[str, ...]:
        """Return the suppliers that have an emission factor for the carrier in the year."""
        year = self._year(fiscal_year)
        found = (
            f.supplier for f in self.factors() if f.carrier == carrier and f.supplier and f.holds_in(year)
        )
        return tuple(dict.fromkeys(found))

    def volume_basis(self, carrier: str, fiscal_year: int) -> str | None:
        """Return the state that an ``m3`` of the carrier has in this programme and year, if it has one."""
        year = self._year(fiscal_year)
        bases = {
            f.volume_basis
            for f in self.factors()
            if f.carrier == carrier and f.volume_basis and f.holds_in(year)
        }
        return bases.pop() if len(bases) == 1 else None

    def factor(self, carrier: str, kind: str, *, unit: str, fiscal_year: int, supplier: str = "") -> Factor:
        """Return the one factor for a carrier, a kind and a fiscal year.

        Parameters
        ----------
        carrier, kind : str
            As in ``carriers.csv`` and `KINDS`.
        unit : str
            The registry's unit that the factor is to be multiplied with.
        fiscal_year : int
            Year of the use, not of the measurement.
        supplier : str
            The supplier's key where the programme has factors by supplier; a gas without one takes the default.

        Raises
        ------
        MissingFactorError
            Where the year has none, with the years there are; no other year's value stands in.

        >>> p = programmes()["saitama-diagnosis-2025"]
        >>> p.factor("electricity", "emission_factor", unit="kWh", fiscal_year=2024).value
        Decimal('0.495')
        """
        year = self._year(fiscal_year)
        fitting = [f for f in self.factors() if f.carrier == carrier and f.kind == kind and f.takes(unit)]
        own = [f for f in fitting if f.supplier == supplier] if supplier else []
        # a carrier that no set divides by supplier ignores the supplier's name
        candidates = own or [f for f in fitting if not f.supplier]
        by_supplier = [f for f in fitting if f.supplier and f.holds_in(year)]
        if supplier and by_supplier and not any(f.holds_in(year) for f in own):
            raise self._unknown_supplier(carrier, supplier, year)
        holding = [f for f in candidates if f.holds_in(year)]
        if not holding and by_supplier and not supplier:
            raise self._no_supplier(carrier, year)
        if not holding:
            raise self._no_year(carrier, kind, fiscal_year, fitting)
        if len(holding) > 1:
            raise self._several(holding, fiscal_year)
        return holding[0]

    def _several(self, holding: list[Factor], year: int) -> FactorError:
        ids = "・".join(f.id for f in holding)
        return FactorError.of(
            "factor.several",
            ja=f"制度 {self.id} には{label(year)}に使える同じ係数が 2 つあります（{ids}）。係数セットか適用年度を分けてください。",
            en=f"{self.id} has two factors for the same use in FY{year} ({ids}); divide their sets or years.",
        )

    def _unknown_supplier(self, carrier: str, supplier: str, year: int) -> MissingFactorError:
        known = self.suppliers(carrier, year)
        near = alike(supplier, known)
        return MissingFactorError.of(
            "factor.supplier_unknown",
            ja=f"{carriers()[carrier].label_ja}の供給者「{shown(supplier)}」の係数が{label(year)}の一覧にありません。{near.ja}"
            f"{'・'.join(known)} のどれかを書いてください。",
            en=f"The list of FY{year} has no supplier {shown(supplier)!r} of {carrier}. {near.en}It has {', '.join(known)}.",
        )

    def _no_supplier(self, carrier: str, year: int) -> MissingFactorError:
        known = self.suppliers(carrier, year)
        return MissingFactorError.of(
            "factor.supplier_missing",
            ja=f"{carriers()[carrier].label_ja}の供給者が書かれていません（{self.id} は供給者別の係数を使います）。"
            f"{'・'.join(known)} のどれかを、company.yaml の suppliers に書いてください（例 {carrier}: {known[0]}）。",
            en=f"No supplier of {carrier} is named, and {self.id} has factors by supplier; "
            f"name one of {', '.join(known)} under suppliers in company.yaml, as in {carrier}: {known[0]}.",
        )

    def _no_year(self, carrier: str, kind: str, year: int, fitting: list[Factor]) -> MissingFactorError:
        ja_kind, en_kind = KIND_LABELS[kind]
        spans = "、".join(dict.fromkeys(f.validity() or "年度の定めなし" for f in fitting))
        there_ja = f"あるのは {spans} 年度です" if spans else "この制度はこの種別の係数を持ちません"
        there_en = (
            f"there are {spans.replace('、', ', ')}" if spans else "the programme has none for this carrier"
        )
        return MissingFactorError.of(
            "factor.no_year",
            ja=f"{NO_FACTOR_JA}: {self.id} に{carriers()[carrier].label_ja}の{ja_kind}の{label(year)}の値がありません"
            f"（{there_ja}）。近い年度の値では代用しません。",
            en=f"{self.id} has no {en_kind} of {carrier} for FY{year} ({there_en}); no other year stands in.",
        )

    def findings_on(self, factor: Factor, fiscal_year: int) -> tuple[Finding, ...]:
        """Return the doubts that travel with the use of a factor in a year."""
        found = []
        name_ja = f"{carriers()[factor.carrier].label_ja}の{KIND_LABELS[factor.kind][0]}"
        name_en = f"{carriers()[factor.carrier].label_en}, {KIND_LABELS[factor.kind][1]}"
        if factor.exception:
            found.append(
                Finding(
                    "factor.exception",
                    "note",
                    Message(f"{name_ja}: {factor.exception}。", f"{name_en}: {factor.exception}."),
                )
            )
        doubtful = factor.evidence in {"secondary", "assumption"}
        if doubtful or factor.note:
            ja, en = EVIDENCE[factor.evidence]
            found.append(
                Finding(
                    "factor.evidence",
                    "note",
                    Message(
                        f"{name_ja}の根拠: {ja}（{factor.locator}）。{factor.note}".rstrip("。") + "。",
                        f"{name_en}: {en} ({factor.locator}). {factor.note}".strip(),
                    ),
                )
            )
        if self.provisional_year is not None and not factor.holds_in(fiscal_year):
            found.append(
                Finding(
                    "factor.provisional",
                    "warning",
                    Message(
                        f"{name_ja}: {label(fiscal_year)}の値がないため、{label(self.provisional_year)}の値を"
                        "暫定で使っています。",
                        f"{name_en}: no value for FY{fiscal_year}; FY{self.provisional_year} is used "
                        "provisionally.",
                    ),
                )
            )
        return tuple(found)


def make_programmes(sets: Mapping[str, FactorSet], tables: Mapping[str, Mapping]) -> dict[str, Programme]:
    """Return the programmes of `tables` over `sets`; a set that is not there is refused."""
    made = {}
    for id, fields in tables.items():
        wanted = {role: tuple(names) for role, names in fields["parts"].items()}
        if missing := [n for names in wanted.values() for n in names if n not in sets]:
            raise FactorError.of(
                "programme.set_missing",
                ja=f"制度「{id}」の係数セット {'・'.join(missing)} がありません。",
                en=f"The programme {id!r} names factor sets that are not there: {', '.join(missing)}.",
            )
        made[id] = Programme(
            id=id,
            parts={role: tuple(sets[n] for n in names) for role, names in wanted.items()},
            **{k: v for k, v in fields.items() if k != "parts"},
        )
    return made


@cache
def programmes() -> dict[str, Programme]:
    """Return the built-in programmes by id."""
    return make_programmes(built_in_sets(), data_yaml("programmes.yaml"))


def programme(id: str, *, among: Mapping[str, Programme] | None = None) -> Programme:
    """Return a programme by id, or raise naming those there are."""
    known = programmes() if among is None else among
    id = str(id)  # a report file may hold anything
    if id not in known:
        near = alike(id, known)
        raise FactorError.of(
            "programme.unknown",
            ja=f"制度「{shown(id)}」はありません。{near.ja}{'・'.join(known)} のどれかです。",
            en=f"There is no programme {shown(id)!r}. {near.en}There are {', '.join(known)}.",
        )
    return known[id]


def basis_label(volume_basis: str, lang: str = "ja") -> str:
    """Return the words for a reference state of gas volume."""
    one = volume_bases()[volume_basis]
    return one.label_ja if lang == "ja" else one.label_en

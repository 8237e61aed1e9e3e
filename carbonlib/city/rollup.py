"""The sum of many accounts: exact, whatever their order, grouping or the number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import AsReportedAccount, EnergyAccount, Identity
from carbonlib.accounting.taxes import each_once, taxes_of
from carbonlib.errors import Finding, Message, MixedAccountsError
from carbonlib.records.model import Tax

MEASURES = ("cost_jpy", "energy_gj", "crude_oil_kl", "co2_t")


@dataclass(frozen=True)
class Sum:
    """The exact sum of one measure over the accounts that state it: `counted` of `of`."""

    value: Fraction
    counted: int
    of: int

    @property
    def complete(self) -> bool:
        """Whether every account states the measure."""
        return self.counted == self.of

    def tells_fewer_than(self, threshold: int) -> bool:
        """Whether it is the sum of so few companies that it must not be published."""
        return 0 < self.counted < threshold


@dataclass(frozen=True)
class Member:
    """An account with the groups it belongs to, such as its industry."""

    account: EnergyAccount | AsReportedAccount
    group: str = ""


@dataclass(frozen=True)
class RollUp:
    """Accounts of one programme, year and basis, added up.

    `cost_jpy` [JPY], `energy_gj` [GJ], `crude_oil_kl` [kL], `co2_t` [t CO2]: each sum with the number of
    accounts that state it, because an unknown value is never counted as zero. `taxes` are the bases of tax that the
    added costs are on: the sum of several is as it was entered, and whoever shows it says so.
    """

    identity: Identity
    count: int
    cost_jpy: Sum
    energy_gj: Sum
    crude_oil_kl: Sum
    co2_t: Sum
    taxes: tuple[Tax, ...] = ()


def _sum(accounts: list[EnergyAccount | AsReportedAccount], measure: str) -> Sum:
    known = [value for a in accounts if (value := getattr(a, measure)) is not None]
    return Sum(sum(known, Fraction(0)), len(known), len(accounts))


def _same_identity(accounts: list[EnergyAccount | AsReportedAccount]) -> Identity:
    identities: dict[Identity, str] = {}
    for account in accounts:
        identities.setdefault(account.identity, account.owner)
    if len(identities) > 1:
        words = "、".join(
            f"{owner}（{i.programme}・{i.period.short()}・{i.basis}）" for i, owner in identities.items()
        )
        raise MixedAccountsError(
            [
                Finding(
                    "rollup.mixed",
                    "error",
                    Message(
                        f"制度・年度・係数の種類が違う集計は足せません: {words}。同じ条件で計算し直してください。",
                        "Accounts of different programmes, fiscal years or bases cannot be added: "
                        f"{words.replace('、', ', ')}; compute them alike.",
                    ),
                )
            ]
        )
    return next(iter(identities))


def roll_up(accounts: Iterable[EnergyAccount | AsReportedAccount]) -> RollUp:
    """Return the sum of accounts.

    Parameters
    ----------
    accounts : iterable of EnergyAccount or AsReportedAccount
        At least one; all of one programme, fiscal year and basis. Their suppliers may differ.

    Raises
    ------
    MixedAccountsError
        Naming the first account of each kind.
    """
    listed = list(accounts)
    assert listed, "nothing to add up"
    identity = _same_identity(listed)
    sums = {measure: _sum(listed, measure) for measure in MEASURES}
    paid = (a for a in listed if isinstance(a, EnergyAccount) and a.cost_jpy is not None)
    return RollUp(identity, len(listed), **sums, taxes=each_once(t for a in paid for t in taxes_of(a)))


def by_group(members: Iterable[Member], order: Callable[[str], object] | None = None) -> dict[str, RollUp]:
    """Return the sum of each group, largest CO2 first unless an order of group names is given."""
    groups: dict[str, list[EnergyAccount | AsReportedAccount]] = {}
    for member in members:
        groups.setdefault(member.group, []).append(member.account)
    made = {name: roll_up(accounts) for name, accounts in groups.items()}
    if order is not None:
        return dict(sorted(made.items(), key=lambda item: order(item[0])))  # type: ignore[arg-type, return-value]
    return dict(sorted(made.items(), key=lambda item: (-item[1].co2_t.value, item[0])))


def merge(parts: Iterable[RollUp]) -> RollUp:
    """Return the sum of sums, as when several processes each added a part.

    Raises
    ------
    MixedAccountsError
        Where the parts are of different programmes, years or bases.
    """
    listed = list(parts)
    assert listed, "nothing to add up"
    first = listed[0]
    for part in listed:
        if part.identity != first.identity:
            raise MixedAccountsError.of(
                "rollup.mixed",
                ja=f"制度・年度・係数の種類が違う合計は足せません（{first.identity} と {part.identity}）。",
                en=f"Sums of different programmes, years or bases cannot be added ({first.identity}, {part.identity}).",
            )

    def of(measure: str) -> Sum:
        sums: list[Sum] = [getattr(p, measure) for p in listed]
        return Sum(
            sum((s.value for s in sums), Fraction(0)), sum(s.counted for s in sums), sum(s.of for s in sums)
        )

    sums = {m: of(m) for m in MEASURES}
    taxes = each_once(t for p in listed for t in p.taxes)
    return RollUp(first.identity, sum(p.count for p in listed), **sums, taxes=taxes)

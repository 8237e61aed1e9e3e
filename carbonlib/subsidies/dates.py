"""The rules that ask for a date: the window, age of equipment, years of operation, no order before the award."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from carbonlib.errors import Message
from carbonlib.fiscal_year import day_label
from carbonlib.records.subsidy_round import EquipmentAge, Ground, NoOrder, Operation, Round, Rules, Window
from carbonlib.subsidies.application import Application
from carbonlib.subsidies.outcome import RuleOutcome, failed, held, missing


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the month's last day where it has no such day.

    >>> months_after(date(2024, 2, 29), 12), months_after(date(2025, 1, 31), 1)
    (datetime.date(2025, 2, 28), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _span(first: date, last: date) -> tuple[str, str]:
    """Return the time from one day to a later one in words: in days below a year, else in full years and months.

    >>> _span(date(1992, 10, 1), date(2025, 11, 5)), _span(date(2025, 11, 5), date(2025, 12, 7))
    (('33 年 1 か月', '33 years 1 month'), ('32 日', '32 days'))
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    months -= months_after(first, months) > last
    if months < 12:
        days = (last - first).days
        return f"{days} 日", _counted(days, "day")
    years, rest = divmod(months, 12)
    ja, en = f"{years} 年", _counted(years, "year")
    return (f"{ja} {rest} か月", f"{en} {_counted(rest, 'month')}") if rest else (ja, en)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _days(
    rule: str, ground: Ground, reached: date, day: date, ja: str, en: str, since: date | None = None
) -> RuleOutcome:
    """Return the outcome of a rule that is met from `reached` on: the age since `since`, the threshold and the margin."""
    margin = (day - reached).days
    failed = margin < 0
    age_ja, age_en = _span(since, day) if since is not None and since <= day else ("", "")
    by_ja, by_en = _span(*sorted((day, reached)))
    short_ja = (
        f"要件の日（{day_label(reached)}）まで {by_ja}足りません"
        if failed
        else f"要件の日（{day_label(reached)}）から {by_ja}です"
    )
    short_en = f"{by_en} before {reached}" if failed else f"{by_en} since {reached}"
    return RuleOutcome(
        rule,
        "failed" if failed else "held",
        Message(
            f"{ja}。{day_label(day)}の時点で {age_ja}、{short_ja}。"
            if age_ja
            else f"{ja}。{day_label(day)}の時点で、{short_ja}。",
            f"{en}; on {day}: {age_en}, {short_en}." if age_en else f"{en}; on {day}: {short_en}.",
        ),
        ground,
        day,
        reached,
        Fraction(margin),
        "日",
    )


def dates(application: Application, round: Round, rules: Rules, on: date) -> Iterator[RuleOutcome]:
    """Yield the outcome of each rule about dates."""
    if round.windows:
        yield _window(round, on)
    if rules.equipment_age:
        yield _age(application, rules.equipment_age, on)
    if rules.company_operation:
        name = ("事業者の事業活動", "the company's operation")
        yield _operation("company_operation", application.company_since, rules.company_operation, name, on)
    if rules.site_operation:
        name = ("事業所の営業", "the site's operation")
        yield _operation("site_operation", application.site_since, rules.site_operation, name, on)
    if rules.no_order_before_award:
        yield _order(application, rules.no_order_before_award, on)


def window_on(round: Round, on: date) -> Window | None:
    """Return the window that a day lies in, else the next to open; None where no date says either."""
    dated = [w for w in round.windows if w.opens or w.closes]
    for w in dated:
        if (w.opens is None or w.opens <= on) and (w.closes is None or on <= w.closes):
            return w
    return min((w for w in dated if w.opens and w.opens > on), key=lambda w: w.opens or on, default=None)


def _window(round: Round, on: date) -> RuleOutcome:
    w = window_on(round, on)
    if w is not None and w.opens is not None and w.opens > on:
        return held(
            "window",
            w.ground,
            f"{day_label(on)}は受付の前です。{day_label(w.opens)}から受け付けます。",
            f"{on} is before the window, which opens on {w.opens}.",
        )
    if w is not None:
        until = f"{day_label(w.closes)}まで" if w.closes else "締切の日は資料に書かれていません"
        return held(
            "window",
            w.ground,
            f"{day_label(on)}は受付期間の中です（{until}）。",
            f"{on} lies within the window (until {w.closes or 'a day not printed'}).",
        )
    if planned := next((w for w in round.windows if w.planned), None):
        return missing(
            "window",
            planned.ground,
            f"受付期間の日付が分かりません（予定: {planned.planned}）。",
            f"The dates of the window are not known (planned: {planned.planned}).",
        )
    last = max((w for w in round.windows if w.closes), key=lambda w: w.closes or date.min)
    assert last.closes
    late = (on - last.closes).days
    return RuleOutcome(
        "window",
        "failed",
        Message(
            f"受付は{day_label(last.closes)}に終わりました（{day_label(on)}は {late} 日後）。",
            f"The window closed on {last.closes}; {on} is {late} days later.",
        ),
        last.ground,
        on,
        last.closes,
        Fraction(-late),
        "日",
    )


def _age(application: Application, rule: EquipmentAge, on: date) -> RuleOutcome:
    day, months = rule.as_of or on, 12 * rule.years
    name = (
        f"更新する設備は設置から {rule.years} 年以上",
        f"The replaced equipment is at least {rule.years} years old",
    )
    if application.installed_on is not None:
        return _days(
            "equipment_age",
            rule.ground,
            months_after(application.installed_on, months),
            day,
            *name,
            application.installed_on,
        )
    year = application.installed_year
    if year is None:
        return missing(
            "equipment_age",
            rule.ground,
            f"更新する設備の設置年が分かりません（{rule.years} 年以上が要件）。",
            f"The year in which the replaced equipment was installed is not known ({rule.years} years are needed).",
        )
    # of a year alone neither the first nor the last day is meant: where the two disagree, the month is needed
    soonest, latest = (months_after(d, months) for d in (date(year, 1, 1), date(year, 12, 31)))
    if soonest <= day < latest:
        return missing(
            "equipment_age",
            rule.ground,
            f"設置が {year} 年のいつかで {rule.years} 年以上かどうかが分かれます。設置の年月日が要ります。",
            f"Whether it is {rule.years} years depends on the day in {year}; the date of installation is needed.",
        )
    # the age itself is not said: it differs by the day that is not known
    return _days("equipment_age", rule.ground, latest if day >= latest else soonest, day, *name)


def _operation(
    rule: str, since: date | None, operation: Operation, name: tuple[str, str], on: date
) -> RuleOutcome:
    months = operation.months
    long_ja = f"{months // 12} 年" if months % 12 == 0 else f"{months} か月"
    if since is None:
        return missing(
            rule,
            operation.ground,
            f"{name[0]}を始めた日が分かりません（{long_ja}以上が要件）。",
            f"The day on which {name[1]} began is not known ({months} months are needed).",
        )
    return _days(
        rule,
        operation.ground,
        months_after(since, months),
        on,
        f"{name[0]}が {long_ja}以上",
        f"{months} months of {name[1]}",
        since,
    )


def _order(application: Application, rule: NoOrder, on: date) -> RuleOutcome:
    name, awarded = "no_order_before_award", application.awarded_on or rule.award_on
    if application.ordered_on is None:
        if application.ordered is False:
            return held(
                name,
                rule.ground,
                "まだ発注していません。交付決定の前に発注・契約すると対象外になります。",
                "Nothing has been ordered; an order or contract before the award makes it ineligible.",
            )
        if application.ordered:
            return missing(
                name, rule.ground, "発注・契約した日が分かりません。", "The day of the order is not known."
            )
        return missing(
            name,
            rule.ground,
            "発注・契約したかどうかが分かりません。",
            "Whether it has been ordered is not known.",
        )
    if awarded is not None:
        return _days(
            name,
            rule.ground,
            awarded,
            application.ordered_on,
            "発注・契約は交付決定の日より後",
            "Order and contract follow the award",
        )
    if application.ordered_on <= on:
        return failed(
            name,
            rule.ground,
            f"{day_label(application.ordered_on)}に発注・契約しています。交付決定の前の発注は対象外です。",
            f"It was ordered on {application.ordered_on}, before any award.",
        )
    return missing(
        name,
        rule.ground,
        f"発注の予定は{day_label(application.ordered_on)}ですが、交付決定の日が分かりません。",
        f"The order is planned for {application.ordered_on}, but the day of the award is not known.",
    )

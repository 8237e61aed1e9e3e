"""The rules about what is installed, together with what, and who has received what before."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlib.errors import shown
from carbonlib.records.subsidy_round import EQUIPMENT, Bundle, Category, Excepted, PriorGrants, Round
from carbonlib.subsidies.application import Application
from carbonlib.subsidies.outcome import RuleOutcome, failed, held, missing

BESIDES = frozenset({"battery", "ems"})  # what comes with equipment and is not the equipment itself


def equipment_of(application: Application) -> frozenset[str]:
    """Return the classes of equipment, those of the flags included."""
    found = set(application.equipment or ())
    if application.with_battery:
        found.add("battery")
    if application.with_ems:
        found.add("ems")
    return frozenset(found)


def category_of(application: Application, round: Round) -> Category:
    """Return the category that the application names; else the first that takes all its equipment, or most of it."""
    named = [c for c in round.categories if c.id == application.category]
    terms = equipment_of(application)
    return (named or sorted(round.categories, key=lambda c: -len(terms & set(c.equipment))))[0]


def _label(term: str, lang: int) -> str:
    return EQUIPMENT[term][lang] if term in EQUIPMENT else shown(term)


def kinds(application: Application, round: Round, category: Category) -> Iterator[RuleOutcome]:
    """Yield the outcome of each rule about equipment, bundle and earlier grants."""
    yield from _equipment(application, round, category)
    if category.rules.bundle:
        yield from _bundle(application, category.rules.bundle)
    if category.rules.prior_grants:
        yield _prior(application, category.rules.prior_grants)


def _equipment(application: Application, round: Round, category: Category) -> Iterator[RuleOutcome]:
    rule, ground = "equipment", category.ground
    if application.kind == "operational":
        yield failed(
            rule,
            ground,
            "設備の導入ではありません（運用改善は補助の対象外です）。",
            "Nothing is installed; operational measures are not subsidised.",
        )
        return
    if application.equipment is None:
        yield missing(rule, ground, "設備の種類が分かりません。", "The class of equipment is not known.")
        return
    terms = equipment_of(application)
    named = [e for e in round.excluded if _names(e, terms, application)]
    silent = [e for e in round.unclear if _names(e, terms, application)]
    for e in named:
        more = f"（{e.ground.note}）" if e.ground.note else ""
        yield failed(
            rule,
            e.ground,
            f"{e.label}は、この回では対象外です{more}。",
            f"{_label(e.term, 1)}: excluded from this round.",
        )
    for e in silent:
        more = f"（{e.ground.note}）" if e.ground.note else ""
        yield missing(
            rule,
            e.ground,
            f"{e.label}が対象かどうか、この回の資料からは分かりません{more}。",
            f"{_label(e.term, 1)}: the documents of this round do not say whether it is eligible.",
        )
    excepted = {e.term for e in (*named, *silent)}
    rest = [t for t in EQUIPMENT if t in terms - excepted - set(category.equipment)]
    rest += sorted(terms - set(EQUIPMENT))
    for term in rest:
        of_ja, of_en = f"「{category.label}」", category.id
        if category.unlisted == "not_eligible":
            yield failed(
                rule,
                ground,
                f"{_label(term, 0)}は{of_ja}の対象設備ではありません。",
                f"{_label(term, 1)}: not among the equipment of {of_en}.",
            )
        else:
            yield missing(
                rule,
                ground,
                f"{_label(term, 0)}が{of_ja}の対象かどうか、資料からは分かりません。",
                f"{_label(term, 1)}: the documents do not say whether it belongs to {of_en}.",
            )
    if not terms:
        yield failed(rule, ground, "導入する設備がありません。", "No equipment is installed.")
    elif not (rest or excepted):
        listed = [t for t in EQUIPMENT if t in terms]
        yield held(
            rule,
            ground,
            f"{'・'.join(_label(t, 0) for t in listed)}は「{category.label}」の対象設備です。",
            f"{', '.join(_label(t, 1) for t in listed)}: equipment of {category.id}.",
        )


def _names(e: Excepted, terms: frozenset[str], application: Application) -> bool:
    return e.term in terms or e.term in application.measures


def _bundle(application: Application, rule: Bundle) -> Iterator[RuleOutcome]:
    terms = equipment_of(application)
    flags = {"battery": application.with_battery, "ems": application.with_ems}
    for need in rule.needs:
        if need == "equipment":
            label_ja, label_en = "補助対象の設備", "eligible equipment"
            there: bool | None = bool(terms - BESIDES) if application.equipment is not None else None
        else:
            label_ja, label_en = EQUIPMENT[need]
            there = True if need in terms else flags[need]
        if there:
            yield held(
                "bundle", rule.ground, f"{label_ja}を同時に導入します。", f"Installed together: {label_en}."
            )
        elif there is None:
            yield missing(
                "bundle",
                rule.ground,
                f"{label_ja}を同時に導入するかどうかが分かりません。",
                f"Whether it comes with {label_en} is not known.",
            )
        else:
            yield failed(
                "bundle",
                rule.ground,
                f"{label_ja}との同時導入が要件ですが、含まれていません。",
                f"It has to come with {label_en}, and does not.",
            )


def _prior(application: Application, rule: PriorGrants) -> RuleOutcome:
    if application.prior_grants is None:
        names = "・".join(rule.excluded.values())
        return missing(
            "prior_grants",
            rule.ground,
            f"過去の受給が分かりません。次の補助金の受給者は対象外です: {names}。",
            f"Earlier grants are not known; whoever received these is excluded: {names}.",
        )
    if received := [id for id in rule.excluded if id in application.prior_grants]:
        names = "・".join(rule.excluded[id] for id in received)
        return failed(
            "prior_grants",
            rule.ground,
            f"次の補助金の受給者は対象外です: {names}。",
            f"Whoever received these is excluded: {names}.",
        )
    return held(
        "prior_grants",
        rule.ground,
        "対象外となる過去の受給はありません。",
        "No earlier grant that would exclude it.",
    )

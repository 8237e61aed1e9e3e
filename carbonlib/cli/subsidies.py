"""Commands about subsidies: the rounds there are, and who is funded from a budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from carbonlib.cli.base import LANG, Group, t

if TYPE_CHECKING:
    from carbonlib.records.subsidy_round import Round


def _rounds() -> dict[str, Round]:
    from carbonlib.records.subsidies import read_rounds
    from carbonlib.records.workspace import find_workspace

    return read_rounds(find_workspace())


def _round(id: str) -> Round:
    from carbonlib.errors import RecordError, alike, shown

    known = _rounds()
    if id not in known:
        near, listed = alike(id, known), "・".join(known) or "なし"
        raise RecordError.of(
            "round.unknown",
            ja=f"補助金の回「{shown(id)}」が parameters/subsidies/ にありません。{near.ja}あるのは: {listed}。",
            en=f"There is no round {shown(id)!r} under parameters/subsidies/. {near.en}There are: {listed}.",
        )
    return known[id]


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=t("補助金の回を並べ、予算から交付先を決めます。", "List rounds of subsidies; award a budget."),
)
@click.pass_context
def subsidies(context: click.Context) -> None:
    """Group of the subsidy commands; without one, the list of the rounds."""
    if context.invoked_subcommand is None:
        from carbonlib.present.subsidy_lines import round_lines

        for line in round_lines(_rounds().values(), LANG):
            click.echo(line)


@subsidies.command(
    help=t("一つの回の要件を根拠とともに示します。", "Show a round's rules with their evidence.")
)
@click.argument("round_id")
def show(round_id: str) -> None:
    """Show one round."""
    from carbonlib.present.subsidy_lines import round_detail_lines

    for line in round_detail_lines(_round(round_id), LANG):
        click.echo(line)


@subsidies.command(
    help=t(
        "申請の一覧（CSV）と予算から、交付先と予算の境目を示します（ファイルは変えません）。",
        "Say who is funded from a budget, from a CSV of applications; changes no file.",
    )
)
@click.argument("round_id")
@click.argument("applications", type=click.Path())
@click.option("--budget", required=True, help=t('予算（例 "30,000 千円"）', "budget, as in '30,000 千円'"))
def award(round_id: str, applications: str, budget: str) -> None:
    """Print the award table of a round."""
    from pathlib import Path

    from carbonlib.errors import CarbonlibError, Finding, Message, RecordError, shown, what_is_wrong
    from carbonlib.present.subsidy_lines import award_lines
    from carbonlib.records.award_requests import read_requests
    from carbonlib.subsidies import award as award_budget
    from carbonlib.units import Q_, read, same_dimension

    one = _round(round_id)
    found: list[Finding] = []
    money = None
    try:
        reading = read(budget)
        if same_dimension(Q_(1, reading.unit), "JPY") and reading.value >= 0:
            money = Q_(reading.value, reading.unit)
        else:
            ja = f'--budget「{shown(budget)}」は 0 円以上の金額で書いてください（例 "30,000 千円"）。'
            en = f"--budget {shown(budget)!r} must be an amount of money of at least 0, as in '30,000 千円'."
            found.append(Finding("award.budget", "error", Message(ja, en)))
    except CarbonlibError as error:
        why = what_is_wrong(error.findings[0].message)
        ja = f"--budget: {why.ja}「30,000 千円」のように書いてください。"
        found.append(
            Finding("award.budget", "error", Message(ja, f"--budget: {why.en} Write it as in '30,000 千円'."))
        )
    requests = []
    try:
        requests = read_requests(Path(applications), shown(applications, 200), one)
    except CarbonlibError as error:
        found += error.findings
    if found or money is None:
        raise RecordError(found)
    for line in award_lines(award_budget(requests, money, one.award), one, LANG):
        click.echo(line)

"""Commands that convert amounts and look factors up."""

from __future__ import annotations

import click

from carbonlib.cli.base import LANG, Group, programmes_of, t


@click.command(help=t("量を熱量・原油換算・CO2 に換算します。", "Convert an amount to GJ, kL and t-CO2."))
@click.argument("amount")
@click.option(
    "--carrier", required=True, help=t("エネルギー種別（electricity など）", "carrier, such as electricity")
)
@click.option("--factors", "programme_id", required=True, help=t("係数の制度", "programme of the factors"))
@click.option(
    "--year", type=int, help=t("年度（制度が年度別の係数を持つとき）", "fiscal year, where factors have one")
)
@click.option("--supplier", default="", help=t("供給者（制度が供給者別の係数を持つとき）", "supplier"))
@click.option(
    "--json", "as_json", is_flag=True, help=t("丸めない値を JSON で出力", "print unrounded values as JSON")
)
def convert(
    amount: str, carrier: str, programme_id: str, year: int | None, supplier: str, as_json: bool
) -> None:
    """Convert one amount under a programme."""
    from carbonlib.conversion import convert_amount
    from carbonlib.errors import MissingFactorError
    from carbonlib.present.lines import conversion_lines, conversion_object

    try:
        result = convert_amount(
            amount,
            carrier=carrier,
            programme_id=programme_id,
            fiscal_year=year,
            supplier=supplier,
            among=programmes_of(),
        )
    except MissingFactorError as error:
        if error.findings[0].id != "factor.supplier_missing":
            raise
        names = programmes_of()[programme_id].suppliers(carrier, year or 0)
        raise MissingFactorError.of(  # here the command line is what names it, not company.yaml
            "factor.supplier_missing",
            ja=f"供給者が書かれていません（{programme_id} は供給者別の係数を使います）。{'・'.join(names)} のどれかを、"
            f"--supplier {names[0]} のように書いてください。",
            en=f"No supplier is named, and {programme_id} has factors by supplier; name one of {', '.join(names)}, as in "
            f"--supplier {names[0]}.",
        ) from None
    if as_json:
        import json

        click.echo(json.dumps(conversion_object(result, LANG), ensure_ascii=False, indent=1))
    else:
        for line in conversion_lines(result, LANG):
            click.echo(line)


@click.group(cls=Group, help=t("係数を調べます。", "Look factors up."))
def factors() -> None:
    """Group of the factor commands."""


@factors.command("list", help=t("制度と係数セットを並べます。", "List programmes and factor sets."))
def factors_list() -> None:
    """List programmes."""
    from carbonlib.present.lines import programme_lines

    for line in programme_lines(programmes_of(), LANG):
        click.echo(line)


@factors.command(
    "show",
    help=t("制度の係数をすべて出典とともに示します。", "Show a programme's factors with their sources."),
)
@click.argument("programme_id")
def factors_show(programme_id: str) -> None:
    """Show one programme."""
    from carbonlib.factors import programme
    from carbonlib.present.lines import factor_lines

    for line in factor_lines(programme(programme_id, among=programmes_of()), LANG):
        click.echo(line)


@factors.command(
    "compare", help=t("二つの制度の係数を並べて比べます。", "Compare the factors of two programmes.")
)
@click.argument("one")
@click.argument("other")
@click.option("--year", type=int, required=True, help=t("年度", "fiscal year"))
def factors_compare(one: str, other: str, year: int) -> None:
    """Compare two programmes."""
    from carbonlib.factors import programme
    from carbonlib.present.lines import comparison_lines

    known = programmes_of()
    for line in comparison_lines(programme(one, among=known), programme(other, among=known), year, LANG):
        click.echo(line)

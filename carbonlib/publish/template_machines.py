"""The sheets 設備 and メーター of the template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from carbonlib.factors import carriers
from carbonlib.publish.template_energy import write_decimal
from carbonlib.publish.template_style import GREY, Book, at_least, choice
from carbonlib.records.equipment import HOW, Attribute, attributes
from carbonlib.records.equipment_model import Equipment
from carbonlib.records.fields import amount_in
from carbonlib.records.model import Bill, Company, Meter
from carbonlib.records.workbook import machines

EQUIPMENT_ROWS, METER_ROWS = 40, 20
_HEADING_ROW = 3
_SHARED_WIDTHS = (24, 34, 20, 18, 12, 8, 12, 16)


def _hint(title: str, message: str) -> dict[str, Any]:
    return {"validate": "any", "input_title": title, "input_message": message}


def _validations(site_names: str) -> tuple[dict[str, Any], ...]:
    """Return the list or the input message of each column that all machines share."""
    return (
        choice(list(machines.FAMILIES.values()), "設備の種類", "近いものを選びます。"),
        _hint("設備名", "呼び名です（例 1階事務室の空調）。"),
        _hint("型式", "銘板の型式です。"),
        choice(site_names, "事業所", "1 か所だけなら空欄のままで結構です。"),
        at_least(1950, "設置年", "西暦で入れます（例 2009）。", kind="integer"),
        at_least(1, "台数", "同じ型の台数です。", kind="integer"),
        choice(list(HOW), "分かった方法", "この行の値を、測ったか、銘板を読んだか、聞いたかです。"),
        _hint("写真番号", "銘板のときは、銘板を撮った写真の番号です（例 IMG_0012）。"),
    )


def write_equipment(book: Book, company: Company | None, site_names: str) -> None:
    """Write the sheet 設備.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        Whose equipment is known.
    site_names : str
        The range that holds the sites' names.
    """
    sheet = book.sheet(
        machines.EQUIPMENT,
        "主な設備",
        (
            "電気やガスを多く使う設備から書いてください。定格消費電力は銘板か取扱説明書にあります。分かる欄だけで結構です。",
            "設備の種類を選ぶと、その種類では使わない欄が灰色になります。値はどれも 1 台あたりです。",
        ),
        landscape=True,
    )
    headings = machines.equipment_headings()
    for column in range(len(headings)):
        sheet.set_column(column, column, _SHARED_WIDTHS[column] if column < len(_SHARED_WIDTHS) else 16)
    sheet.freeze_panes(_HEADING_ROW + 1, 2)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.repeat_columns(0, 1)
    sheet.fit_to_pages(2, 0)  # on one page thirty columns would be too small to read
    sheet.set_row(_HEADING_ROW, 50)
    for column, words in enumerate(headings):
        sheet.write_string(_HEADING_ROW, column, words, book.formats["heading"])
    known = company.equipment if company else ()
    sites = {s.id: s.name for s in company.sites} if company and len(company.sites) > 1 else {}
    first, last = _HEADING_ROW + 1, _HEADING_ROW + max(EQUIPMENT_ROWS, len(known) + 10)
    for row in range(first, last + 1):
        one = known[row - first] if row - first < len(known) else None
        _write_machine(book, sheet, row, one, sites)
    for column, check in enumerate(_validations(site_names)):
        sheet.data_validation(first, column, last, column, check)
    grey = book.book.add_format({"bg_color": GREY})
    for column, attribute in enumerate(attributes().values(), start=len(_SHARED_WIDTHS)):
        sheet.data_validation(first, column, last, column, _validation(attribute))
        if attribute.families:
            others = "".join(f',$A{first + 1}<>"{machines.FAMILIES[f]}"' for f in attribute.families)
            formula = f'=AND($A{first + 1}<>""{others})'
            rule = {"type": "formula", "criteria": formula, "format": grey}
            sheet.conditional_format(first, column, last, column, rule)


def _validation(attribute: Attribute) -> dict[str, Any]:
    if attribute.choices:
        words = list(machines.choices(attribute).values())
        return choice(words, attribute.label_ja, attribute.hint_ja)
    return at_least(0, attribute.label_ja, f"{attribute.hint_ja}（例 {attribute.example} なら数字だけ）")


def _write_machine(book: Book, sheet: Any, row: int, one: Equipment | None, sites: dict[str, str]) -> None:
    formats = book.formats
    shared: tuple[Any, ...] = ("", "", "", "", None, None, "", "")
    if one:
        family, site = machines.FAMILIES[one.family], sites.get(one.site_id, "")
        shared = (family, one.name, one.model, site, one.year, one.number, one.how, one.photo)
    for column, value in enumerate(shared):
        kind = {4: "year", 5: "number"}.get(column, "text")
        if value is None or value == "":
            sheet.write_blank(row, column, None, formats[kind])
        elif kind == "text":
            sheet.write_string(row, column, value, formats[kind])
        else:
            sheet.write_number(row, column, value, formats[kind])
    for column, attribute in enumerate(attributes().values(), start=len(shared)):
        value = getattr(one, attribute.name) if one else None
        kind = "number" if attribute.range is not None else "text"
        if value is None:
            sheet.write_blank(row, column, None, formats[kind])
        elif attribute.range is None:
            sheet.write_string(row, column, machines.choices(attribute)[value.reading], formats[kind])
        else:
            exact = amount_in(value.reading, attribute.unit)
            amount = Decimal(exact.numerator) / Decimal(exact.denominator)
            write_decimal(sheet, row, column, amount, formats[kind])


def _known_meters(company: Company | None, bills: Sequence[Bill]) -> Iterator[Meter]:
    """Yield the meters of a company: those whose contract is known, then those that only its bills name."""
    registered = company.meters if company else ()
    yield from registered
    named = {(m.site_id, m.id) for m in registered}
    for site_id, meter_id, carrier in dict.fromkeys((b.site_id, b.meter_id, b.carrier) for b in bills):
        if (site_id, meter_id) not in named:
            yield Meter(meter_id, site_id, carrier)


def write_meters(book: Book, company: Company | None, bills: Sequence[Bill], site_names: str) -> None:
    """Write the sheet メーター: the contract of each meter.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        Whose meters are known.
    bills : sequence of Bill
        The company's; they name meters as well.
    site_names : str
        The range that holds the sites' names.
    """
    sheet = book.sheet(
        machines.METERS,
        "メーターごとの契約",
        (
            "請求書や契約書にある内容を写してください。分からない欄は空欄のままで結構です。メーター名は「エネルギー」シートと同じにします。",
        ),
        landscape=True,
    )
    for column, width in enumerate((20, 18, 18, 14, 16, 22, 26, 12, 20)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEADING_ROW + 1, 2)
    sheet.set_row(_HEADING_ROW, 34)
    for column, words in enumerate(machines.METER_HEADINGS):
        sheet.write_string(_HEADING_ROW, column, words, book.formats["heading"])
    known = list(_known_meters(company, bills))
    names = {s.id: s.name for s in company.sites} if company else {}
    first, last = _HEADING_ROW + 1, _HEADING_ROW + max(METER_ROWS, len(known) + 5)
    for row in range(first, last + 1):
        one = known[row - first] if row - first < len(known) else None
        _write_meter(book, sheet, row, one, names)
    for column, check in (
        (0, choice(site_names, "事業所", "1 か所だけなら空欄のままで結構です。")),
        (1, _hint("メーター名", "「エネルギー」シートのメーター名と同じにします。")),
        (
            2,
            choice([c.label_ja for c in carriers().values()], "エネルギー種別", "電気なら空欄でも結構です。"),
        ),
        (3, choice(list(machines.CONTRACT_TYPES), "契約種別", "請求書の「ご契約種別」です。")),
        (
            4,
            choice(
                list(machines.CONTRACT_BASES),
                "契約電力の決め方",
                "高圧で 500 kW 未満なら実量制（過去 1 年の最大で決まる）、500 kW 以上なら協議制です。",
            ),
        ),
        (5, _hint("供給者", "電力会社・ガス会社の名前です。")),
        (6, _hint("料金メニュー", "請求書にあるメニューの名前です。")),
        (
            7,
            at_least(0, "テナント分", "このメーターのうちテナントが使う割合を % の数字で入れます（例 30）。"),
        ),
        (8, _hint("元のメーター", "ほかのメーターの内訳を測る子メーターのとき、その元のメーター名です。")),
    ):
        sheet.data_validation(first, column, last, column, check)


def _write_meter(book: Book, sheet: Any, row: int, one: Meter | None, site_names: dict[str, str]) -> None:
    formats = book.formats
    texts: tuple[str, ...] = ("",) * 7
    if one:
        carrier = carriers()[one.carrier].label_ja
        contract = (one.contract_type, one.contract_basis, one.supplier, one.menu)
        texts = (site_names[one.site_id], one.id, carrier, *contract)
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, formats["text"])
    if one and one.tenant_share is not None:
        write_decimal(sheet, row, 7, one.tenant_share.scaleb(2), formats["number"])
    else:
        sheet.write_blank(row, 7, None, formats["number"])
    sheet.write_string(row, 8, one.parent if one else "", formats["text"])

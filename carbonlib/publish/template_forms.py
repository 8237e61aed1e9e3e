"""The sheets 事業所, 設備, 自己採点 and アンケート of the template."""

from __future__ import annotations

from typing import Any

from carbonlib.factors import built_in_sets
from carbonlib.fiscal_year import label
from carbonlib.publish.template_energy import write_decimal
from carbonlib.publish.template_style import Book, at_least, choice
from carbonlib.records.assessment import ANSWERS, axes, checklist, questionnaire
from carbonlib.records.model import Company
from carbonlib.records.workbook import forms
from carbonlib.units import ratio

SITE_ROWS = 10
EQUIPMENT_ROWS = 40
INDUSTRIES = (
    *(
        "農業・林業・漁業",
        "建設業",
        "製造業",
        "電気・ガス・水道業",
        "情報通信業",
        "運輸業・郵便業",
        "卸売業・小売業",
    ),
    *(
        "金融業・保険業",
        "不動産業",
        "学術研究・専門サービス業",
        "宿泊業・飲食サービス業",
        "生活関連サービス業",
    ),
    *("教育・学習支援業", "医療・福祉", "その他サービス業"),
)
_FIRST_SITE = 16  # row of the first site, counted from 0


def site_names_range() -> str:
    """Return the range that holds the names of the sites."""
    return f"='{forms.COMPANY}'!$B${_FIRST_SITE + 1}:$B${_FIRST_SITE + SITE_ROWS}"


def _suppliers(carrier: str) -> list[str]:
    found = {
        f.supplier for s in built_in_sets().values() for f in s.factors if f.carrier == carrier and f.supplier
    }
    return sorted(found)


def write_company(book: Book, company: Company | None, fiscal_year: int) -> None:
    """Write the sheet 事業所.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        What is known of the company.
    fiscal_year : int
        Year of the template.
    """
    sheet = book.sheet(
        forms.COMPANY,
        f"省エネ診断　入力シート　{label(fiscal_year)}",
        (
            "青い欄だけに入力してください。分からない欄は空欄のままで結構です（空欄は 0 とはみなしません）。",
            "シートは「事業所」「エネルギー」「設備」「自己採点」「アンケート」の 5 枚です。できたら保存して返送してください。",
        ),
    )
    for column, width in enumerate((26, 40, 18, 18)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 0)
    formats = book.formats
    sheet.write_string(3, 0, "事業者", formats["section"])
    known = company or Company("", "", "", ())
    lines: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (forms.ID, known.id, _hint("事業者の記号", "市の担当者が決めます。小文字の英数字と - _ です。")),
        (forms.NAME, known.name, _hint("事業者名", "登記の名称を書きます。")),
        (
            forms.INDUSTRY,
            known.industry,
            choice(list(INDUSTRIES), "業種", "近いものを選びます。", strict=False),
        ),
        (
            forms.SUPPORT,
            "、".join(known.supported_by),
            _hint("支援機関", "紹介を受けた金融機関や商工会議所などがあれば書きます。"),
        ),
        *(
            (
                forms.supplier_label(carrier),
                known.suppliers.get(carrier, ""),
                choice(
                    _suppliers(carrier),
                    "供給者",
                    "分かるときだけ選びます。一覧になければ空欄にしてください。",
                    strict=False,
                ),
            )
            for carrier in forms.SUPPLIED
        ),
    )
    for row, (words, value, check) in enumerate(lines, start=4):
        sheet.write_string(row, 0, words, formats["label"])
        sheet.write_string(row, 1, value, formats["text"])
        if not isinstance(check.get("source"), list) or len(",".join(check["source"])) <= 255:
            sheet.data_validation(row, 1, row, 1, check)
    sheet.write_string(10, 0, forms.YEAR, formats["label"])
    sheet.write_string(10, 1, label(fiscal_year), formats["fixed"])
    sheet.write_string(12, 0, "事業所（店舗・工場・事務所など、場所ごとに 1 行）", formats["section"])
    _write_sites(book, sheet, known)


def _hint(title: str, message: str) -> dict[str, Any]:
    return {"validate": "any", "input_title": title, "input_message": message}


def _write_sites(book: Book, sheet: Any, company: Company) -> None:
    formats = book.formats
    for column, words in enumerate(forms.SITE_HEADINGS):
        sheet.write_string(_FIRST_SITE - 1, column, words, formats["heading"])
    for index in range(max(SITE_ROWS, len(company.sites))):
        row = _FIRST_SITE + index
        site = company.sites[index] if index < len(company.sites) else None
        sheet.write_string(row, 0, site.id if site else "", formats["text"])
        sheet.write_string(row, 1, site.name if site else "", formats["text"])
        for column in (2, 3):
            sheet.write_blank(row, column, None, formats["number"])
        if site and site.floor_area_m2 is not None:
            write_decimal(sheet, row, 2, site.floor_area_m2, formats["number"])
        if site and site.employees is not None:
            sheet.write_number(row, 3, site.employees, formats["number"])
    last = _FIRST_SITE + SITE_ROWS - 1
    sheet.data_validation(
        _FIRST_SITE,
        0,
        last,
        0,
        _hint("事業所の記号", "小文字の英数字です（例 honten）。空欄なら自動で付けます。"),
    )
    sheet.data_validation(
        _FIRST_SITE, 2, last, 2, at_least(0, "延床面積", "平方メートルの数字だけを入れます。")
    )
    sheet.data_validation(
        _FIRST_SITE, 3, last, 3, at_least(0, "従業員数", "人数を入れます。", kind="integer")
    )


def write_equipment(book: Book, company: Company | None) -> None:
    """Write the sheet 設備.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        Whose equipment is known.
    """
    sheet = book.sheet(
        forms.EQUIPMENT,
        "主な設備",
        ("電気やガスを多く使う設備から書いてください。定格消費電力は銘板か取扱説明書にあります。",),
    )
    for column, width in enumerate((24, 40, 14, 10, 18)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    formats = book.formats
    for column, words in enumerate(forms.EQUIPMENT_HEADINGS):
        sheet.write_string(3, column, words, formats["heading"])
    sheet.write_comment(
        3,
        4,
        "銘板の「定格消費電力」です。W で書かれているときは 1,000 で割ってください（85 W は 0.085）。",
        {"x_scale": 1.6},
    )
    known = company.equipment if company else ()
    rows = max(EQUIPMENT_ROWS, len(known) + 10)
    for index in range(rows):
        row = 4 + index
        for column in range(5):
            sheet.write_blank(
                row, column, None, formats[("text", "text", "year", "number", "number")[column]]
            )
        if index < len(known):
            one = known[index]
            sheet.write_string(row, 0, forms.FAMILIES[one.family], formats["text"])
            sheet.write_string(row, 1, one.name, formats["text"])
            if one.year is not None:
                sheet.write_number(row, 2, one.year, formats["year"])
            sheet.write_number(row, 3, one.number, formats["number"])
            if one.rated_input is not None:
                rated = one.rated_input.reading
                kw = rated.value * ratio(rated.unit, "kW").numerator / ratio(rated.unit, "kW").denominator
                write_decimal(sheet, row, 4, kw, formats["number"])
    last = 3 + rows
    sheet.data_validation(
        4, 0, last, 0, choice(list(forms.FAMILIES.values()), "設備の種類", "近いものを選びます。")
    )
    sheet.data_validation(
        4, 2, last, 2, at_least(1950, "設置年", "西暦で入れます（例 2009）。", kind="integer")
    )
    sheet.data_validation(4, 3, last, 3, at_least(1, "台数", "同じ型の台数です。", kind="integer"))
    sheet.data_validation(4, 4, last, 4, at_least(0, "定格消費電力", "1 台あたりの kW です。"))


def write_assessment(book: Book, company: Company | None) -> None:
    """Write the sheet 自己採点.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        Whose answers are known.
    """
    sheet = book.sheet(
        forms.ASSESSMENT,
        "省エネの取り組み　自己採点",
        (
            "いまの様子に近いものを選んでください。当てはまらない質問は「対象外」です。質問は仮の案です（仮定）。",
        ),
    )
    answers = company.self_assessment if company else {}
    columns = (*forms.QUESTION_HEADINGS, "観点")
    for column, width in enumerate((10, 62, 12, 24)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    formats = book.formats
    for column, words in enumerate(columns):
        sheet.write_string(3, column, words, formats["heading"])
    questions = list(checklist().values())
    for row, question in enumerate(questions, start=4):
        sheet.write_string(row, 0, question.id, formats["fixed"])
        sheet.write_string(row, 1, question.question_ja, formats["wrapped"])
        sheet.write_string(row, 2, answers.get(question.id, ""), formats["text"])
        sheet.write_string(row, 3, axes()[question.axis].label_ja, formats["fixed"])
    last = 3 + len(questions)
    sheet.data_validation(
        4, 2, last, 2, choice(list(ANSWERS), "回答", "実施・一部・未実施・対象外 から選びます。")
    )
    sheet.write_string(last + 2, 1, "回答した質問の数（自動計算）", formats["sum"])
    given = sum(q.id in answers for q in questions)
    sheet.write_formula(last + 2, 2, f'=COUNTIF(C5:C{last + 1},"?*")', formats["sum"], given)


def write_questionnaire(book: Book, company: Company | None) -> None:
    """Write the sheet アンケート.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        Whose answers are known.
    """
    sheet = book.sheet(forms.QUESTIONS, "アンケート", ("書ける範囲で結構です（300 文字まで）。",))
    answers = company.questionnaire if company else {}
    for column, width in enumerate((14, 52, 52)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(4, 0)
    formats = book.formats
    for column, words in enumerate(forms.QUESTION_HEADINGS):
        sheet.write_string(3, column, words, formats["heading"])
    for row, question in enumerate(questionnaire().values(), start=4):
        sheet.set_row(row, 48)
        sheet.write_string(row, 0, question.id, formats["fixed"])
        sheet.write_string(row, 1, question.question_ja, formats["wrapped"])
        sheet.write_string(row, 2, answers.get(question.id, ""), formats["text"])
        if question.choices:
            sheet.data_validation(
                row, 2, row, 2, choice(list(question.choices), "回答", "一覧から選びます。")
            )

"""The sheets 事業所, 自己採点 and アンケート of the template."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carbonlib.factors import built_in_sets
from carbonlib.fiscal_year import Period
from carbonlib.publish.template_energy import write_decimal
from carbonlib.publish.template_style import Book, at_least, choice
from carbonlib.records.assessment import ANSWERS, DEFAULT_SET, axes, checklist, questionnaire
from carbonlib.records.model import Company, Contact, Site
from carbonlib.records.workbook import forms, sites

SITE_ROWS = 10
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
# what stands beside a cell, since an input message shows only while the cell is chosen
_NEEDED = {
    forms.ID: "空欄のままで結構です（市の担当者が決めます）",
    forms.NAME: "必ず書いてください",
    forms.INDUSTRY: "必ず選んでください",
}
_FIRST_SITE = 23  # row of the first site, counted from 0


def site_names_range() -> str:
    """Return the range that holds the names of the sites."""
    return f"='{forms.COMPANY}'!$B${_FIRST_SITE + 1}:$B${_FIRST_SITE + SITE_ROWS}"


def _suppliers(carrier: str) -> list[str]:
    found = {
        f.supplier for s in built_in_sets().values() for f in s.factors if f.carrier == carrier and f.supplier
    }
    return [forms.supplier_shown(one) for one in sorted(found)]


def write_company(book: Book, company: Company | None, period: Period) -> None:
    """Write the sheet 事業所.

    Parameters
    ----------
    book : Book
        Under writing.
    company : Company, optional
        What is known of the company.
    period : Period
        Months of the template.
    """
    sheet = book.sheet(
        forms.COMPANY,
        f"省エネ診断　入力シート　{period.label()}",
        (
            "青い欄だけに入力してください。分からない欄は空欄のままで結構です（空欄は 0 とはみなしません）。",
            "シートは「事業所」「エネルギー」「設備」「メーター」「自己採点」「アンケート」の 6 枚です。できたら保存して返送してください。",
        ),
        landscape=True,
    )
    for column, width in enumerate((26, 32, 13, 12, 14, 13, 14, 16, 14, 17, 32)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 0)
    formats = book.formats
    sheet.write_string(3, 0, "事業者", formats["section"])
    known = company or Company("", "", "", ())
    lines: tuple[tuple[str, str | Decimal, dict[str, Any]], ...] = (
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
                forms.supplier_shown(known.suppliers.get(carrier, "")),
                choice(
                    _suppliers(carrier),
                    "供給者",
                    "分かるときだけ選びます。一覧になければ空欄にしてください。",
                    strict=False,
                ),
            )
            for carrier in forms.SUPPLIED
        ),
        *_particulars(known),
    )
    for row, (words, value, check) in enumerate(lines, start=4):
        sheet.write_string(row, 0, words, formats["label"])
        sheet.write_string(row, 2, _NEEDED.get(words, ""), formats["guide"])
        if isinstance(value, Decimal):
            write_decimal(sheet, row, 1, value, formats["number"])
        else:
            sheet.write_string(row, 1, value, formats["text"])
        if not isinstance(check.get("source"), list) or len(",".join(check["source"])) <= 255:
            sheet.data_validation(row, 1, row, 1, check)
    year_row = 4 + len(lines)
    sheet.write_string(year_row, 0, forms.YEAR if period.is_fiscal_year else forms.PERIOD, formats["label"])
    sheet.write_string(year_row, 1, period.label(), formats["fixed"])
    assert year_row + 4 < _FIRST_SITE, "the sites begin below"
    sheet.write_string(
        _FIRST_SITE - 3,
        0,
        "事業所（店舗・工場・事務所など、場所ごとに 1 行。事業所名は必ず書いてください）",
        formats["section"],
    )
    _write_sites(book, sheet, known)


def _particulars(known: Company) -> tuple[tuple[str, str | Decimal, dict[str, Any]], ...]:
    """Return the lines of address, contact, beginning and margin: label, value and input message."""
    contact = known.contact or Contact()
    margin = "" if known.operating_margin is None else known.operating_margin.scaleb(2)
    hints = {
        "person": "訪問の日程などを相談する方です。報告書のほかには載せません。",
        "department": "部署の名前です。",
        "phone": "日中に連絡のつく番号です。",
        "email": "連絡に使うアドレスです。",
    }
    return (
        (forms.ADDRESS, known.address, _hint("住所", "本社の所在地です。報告書のほかには載せません。")),
        *((forms.CONTACT[n], getattr(contact, n), _hint(forms.CONTACT[n], hints[n])) for n in forms.CONTACT),
        (
            forms.SINCE,
            known.operating_since,
            _hint("年月", "県内で事業を始めた年月です（例 1998-04）。補助金の条件の確認に使います。"),
        ),
        (
            forms.MARGIN,
            margin,
            at_least(
                -100,
                "営業利益率",
                "営業利益 ÷ 売上高を % の数字で入れます（例 5。赤字なら -2）。書かなくても結構です。",
            ),
        ),
    )


def _hint(title: str, message: str) -> dict[str, Any]:
    return {"validate": "any", "input_title": title, "input_message": message}


def _write_sites(book: Book, sheet: Any, company: Company) -> None:
    formats = book.formats
    sheet.set_row(_FIRST_SITE - 1, 34)
    for column, words in enumerate(sites.SITE_HEADINGS):
        sheet.write_string(_FIRST_SITE - 1, column, words, formats["heading"])
    for index in range(max(SITE_ROWS, len(company.sites))):
        row = _FIRST_SITE + index
        site = company.sites[index] if index < len(company.sites) else Site("", "")
        for column, (value, kind) in enumerate(_site_cells(site)):
            if value is None:
                sheet.write_blank(row, column, None, formats[kind])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, formats[kind])
            else:
                write_decimal(sheet, row, column, Decimal(value), formats[kind])
    last = _FIRST_SITE + SITE_ROWS - 1
    for column, check in (
        (0, _hint("事業所の記号", "小文字の英数字です（例 honten）。空欄なら自動で付けます。")),
        (2, at_least(0, "延床面積", "平方メートルの数字だけを入れます。")),
        (3, at_least(0, "従業員数", "人数を入れます。", kind="integer")),
        (4, choice(list(sites.USES.values()), "用途", "近いものを選びます。")),
        (5, at_least(1850, "建築年", "西暦で入れます（例 1998）。", kind="integer")),
        (6, _hint("営業開始年月", "この場所で営業を始めた年月です（例 1998-04）。")),
        (7, _hint("営業時間", "例 10:00〜22:00")),
        (8, at_least(1, "年間営業日数", "日数を入れます（例 250）。", kind="integer")),
        (9, at_least(0, "年間営業時間", "1 日の時間 × 日数を入れます（例 4380）。")),
    ):
        sheet.data_validation(_FIRST_SITE, column, last, column, check)


def _site_cells(site: Site) -> tuple[tuple[str | int | Decimal | None, str], ...]:
    """Return the value and the format of each column of a site."""
    return (
        (site.id, "text"),
        (site.name, "text"),
        (site.floor_area_m2, "number"),
        (site.employees, "number"),
        (sites.USES.get(site.use, ""), "text"),
        (site.built_year, "year"),
        (site.operating_since, "text"),
        (site.opening_hours, "text"),
        (site.operating_days, "number"),
        (site.operating_hours, "number"),
        (site.address, "text"),
    )


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
    axis_set = company.axis_set if company else DEFAULT_SET
    columns = (*forms.QUESTION_HEADINGS, "観点")
    for column, width in enumerate((10, 62, 12, 24)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    formats = book.formats
    for column, words in enumerate(columns):
        sheet.write_string(3, column, words, formats["heading"])
    questions = list(checklist(axis_set).values())
    for row, question in enumerate(questions, start=4):
        sheet.write_string(row, 0, question.id, formats["fixed"])
        sheet.write_string(row, 1, question.question_ja, formats["wrapped"])
        sheet.write_string(row, 2, answers.get(question.id, ""), formats["text"])
        sheet.write_string(row, 3, axes(axis_set)[question.axis].label_ja, formats["fixed"])
    last = 3 + len(questions)
    sheet.data_validation(
        4, 2, last, 2, choice(list(ANSWERS), "回答", "実施・一部・未実施・対象外 から選びます。")
    )
    sheet.write_string(last + 2, 1, forms.COUNTED, formats["sum"])
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

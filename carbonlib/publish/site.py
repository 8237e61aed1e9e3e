"""The index pages: one for each fiscal year, and one that leads to the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carbonlib.fiscal_year import label
from carbonlib.present.shown import html_of
from carbonlib.present.theme import page_css
from carbonlib.publish.html import FOOTER

PDF = "report.pdf"  # beside the page of a company

_PAGE = """
<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
{{ css | safe }}
</style>
</head>
<body>
<a class="skip" href="#main">本文へ移動</a>
<main id="main">
<h1><span class="topic">{{ topic }}</span> {{ title }}</h1>
{% if sample %}<p class="sample">{{ sample }}</p>{% endif %}
{{ body | safe }}
<footer>{{ footer }}</footer>
</main>
</body>
</html>
"""

_YEAR = """
<p><a href="../index.html">ほかの年度を選ぶ</a></p>
{% if briefing %}
<h2>市の年次報告</h2>
<ul>{% for e in briefing %}<li>{% if e.link %}<a href="{{ e.link }}">{{ e.title }}</a>{% else %}{{ e.title }}：作成できませんでした{% endif %}</li>{% endfor %}</ul>
{% endif %}
<h2>事業者の診断報告書</h2>
<p>{{ made | length }} 件を作成しました。{% if failed %}{{ failed | length }} 件は作成できませんでした（理由は下の表）。{% endif %}</p>
{% if made %}
<div class="scroll" role="region" aria-labelledby="reports-caption" tabindex="0">
<table id="reports"><caption id="reports-caption">報告書の一覧</caption>
<thead><tr><th scope="col">事業者</th><th scope="col">印刷用</th><th scope="col">業種</th><th scope="col">係数</th><th scope="col">備考</th></tr></thead>
<tbody>
{% for e in made %}
<tr><th scope="row"><a href="{{ e.link }}">{{ e.title }}</a></th><td class="word">{% if e.printed %}<a href="{{ e.printed }}" aria-label="PDF {{ e.title }}">PDF</a>{% else %}–{% endif %}</td><td class="text">{{ e.industry }}</td><td class="text">{{ e.programme }}</td><td class="text">{{ e.remark }}</td></tr>
{% endfor %}
</tbody></table></div>
{% endif %}
{% if failed %}
<div class="scroll" role="region" aria-labelledby="failed-caption" tabindex="0">
<table id="failed"><caption id="failed-caption">作成できなかった報告書</caption>
<thead><tr><th scope="col">事業者</th><th scope="col">理由と直し方</th></tr></thead>
<tbody>
{% for e in failed %}
<tr><th scope="row">{{ e.title }}</th><td class="text">{% for line in e.reasons %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}</td></tr>
{% endfor %}
</tbody></table></div>
{% endif %}
"""

_ROOT = """
<h2>年度を選んでください</h2>
<ul>
{% for year in years %}
<li><a href="{{ year.link }}">{{ year.label }}</a>（報告書 {{ year.made }} 件{% if year.failed %}、作成できなかったもの {{ year.failed }} 件{% endif %}）</li>
{% endfor %}
</ul>
"""


@dataclass(frozen=True)
class Entry:
    """One report on an index: its name, where it is ("" where it failed) and what is said beside it.

    `printed` is where its PDF is, "" where there is none.
    """

    title: str
    link: str
    kind: str
    printed: str = ""
    industry: str = ""
    programme: str = ""
    remark: str = ""
    reasons: tuple[str, ...] = ()


def _page(title: str, topic: str, body: str, sample: str = "") -> str:
    return (
        html_of(_PAGE, title=title, topic=topic, css=page_css(), body=body, footer=FOOTER, sample=sample)
        + "\n"
    )


def year_index(fiscal_year: int, entries: Sequence[Entry]) -> str:
    """Return the index page of a fiscal year."""
    companies = [e for e in entries if e.kind == "company"]
    body = html_of(
        _YEAR,
        briefing=[e for e in entries if e.kind == "briefing"],
        made=[e for e in companies if e.link],
        failed=[e for e in companies if not e.link],
    )
    return _page(f"{label(fiscal_year)}の報告書", "省エネ診断と年次報告", body)


def root_index(counts: Mapping[int, tuple[int, int]]) -> str:
    """Return the page that leads to the years; `counts` holds reports made and failed by year."""
    years = [
        {"link": f"{year}/index.html", "label": label(year), "made": made, "failed": failed}
        for year, (made, failed) in sorted(counts.items(), reverse=True)
    ]
    return _page("報告書の一覧", "省エネ診断と年次報告", html_of(_ROOT, years=years))

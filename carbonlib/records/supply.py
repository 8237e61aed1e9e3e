"""Suppliers and menus that company.yaml names, against those there are: what is unknown would silently change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carbonlib.errors import Finding, Message, alike, shown
from carbonlib.factors import Programme, carriers
from carbonlib.records.model import Company
from carbonlib.records.tariff_model import Tariffs
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import YamlFile, read_yaml


def _file(workspace: Workspace, company: Company) -> YamlFile:
    path = workspace.company_folder(company.id) / "company.yaml"
    return read_yaml(path, workspace.name_of(path))


_SOME = 6  # names of suppliers that a sentence lists


def unknown_suppliers(
    workspace: Workspace, company: Company, programmes: Iterable[Programme]
) -> Iterator[Finding]:
    """Yield a doubt for each supplier that no programme has a factor of: it may be misspelt, or only not listed here."""
    by_carrier: dict[str, dict[str, str]] = {}  # of each supplier a programme that has it
    for programme in programmes:
        for factor in programme.factors():
            if factor.supplier:
                by_carrier.setdefault(factor.carrier, {}).setdefault(factor.supplier, programme.id)
    for carrier, supplier in company.suppliers.items():
        known = by_carrier.get(carrier, {})
        if not known or supplier in known:
            continue
        near, lists = alike(supplier, known), " ".join(dict.fromkeys(known.values()))
        some = list(known)[:_SOME]
        message = Message(
            f"{carriers()[carrier].label_ja}の供給者「{shown(supplier)}」の係数はありません。{near.ja}"
            f"使える名前は {'・'.join(some)}{' など' if len(known) > _SOME else ' '}で、carbonlib factors show {lists} の括弧の中に"
            "すべてあります。一覧にない供給者なら、この行を消すか、"
            "parameters/factors/ に係数を足してください。",
            f"There is no factor of the supplier {shown(supplier)!r} of {carrier}. {near.en}There are "
            f"{', '.join(some)}{' and others' if len(known) > _SOME else ''}; carbonlib factors show {lists} has all in brackets; for a supplier that is not listed delete the line, or add a factor under "
            "parameters/factors/.",
        )
        place = _file(workspace, company).place(("suppliers", carrier))
        yield Finding("company.supplier_unknown", "warning", message, place)


def unknown_menus(workspace: Workspace, company: Company, tariffs: Tariffs) -> Iterator[Finding]:
    """Yield a doubt for each menu of a meter that is in no tariff file: its prices are not known."""
    for index, meter in enumerate(company.meters):
        if not meter.menu or tariffs.menu(meter.supplier, meter.menu):
            continue
        of_supplier = [m.name for m in tariffs.menus if m.supplier == meter.supplier]
        field, word, known = "menu", meter.menu, of_supplier
        if not of_supplier:
            field, word, known = (
                "supplier",
                meter.supplier,
                list(dict.fromkeys(m.supplier for m in tariffs.menus)),
            )
        near = alike(word, known)
        listed = "・".join(f"{shown(m.supplier)}「{shown(m.name)}」" for m in tariffs.menus)
        message = Message(
            f"メーター「{shown(meter.id)}」の料金メニュー「{shown(meter.supplier)} {shown(meter.menu)}」は parameters/tariffs/ に"
            f"ありません。{near.ja}あるのは {listed or 'なし'} です。supplier と menu をその綴りにするか、メニューのファイルを"
            "足すか、menu の行を消してください。",
            f"The menu {shown(meter.menu)!r} of {shown(meter.supplier)!r}, of the meter {shown(meter.id)!r}, is not under "
            f"parameters/tariffs/. {near.en}There are {listed or 'none'}; write supplier and menu so, add a file of the menu, "
            "or delete the line of menu.",
        )
        place = _file(workspace, company).place(("meters", index, field))
        yield Finding("company.menu_unknown", "warning", message, place)

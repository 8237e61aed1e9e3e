"""Working out the formulas that a calculation table prints, from the numbers that it prints beside them."""

from __future__ import annotations

import re

from carbonlib.measures import CalculationRow, Saving

_SYMBOL = re.compile(r"[①-⑳㉑-㉟㊱-㊿]|\(\d{2,3}\)(?![\d(])")
_TOKEN = re.compile(r"\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|min|max|[-+×÷^(),@])")


class _Parser:
    """Recursive descent over + - × ÷ ^ min max and brackets, nothing else."""

    def __init__(self, text: str, values: dict[str, float]) -> None:
        self.values = [values[s] for s in _SYMBOL.findall(text)]
        self.tokens: list[str] = []
        marked, at = _SYMBOL.sub("@", text), 0
        while marked[at:].strip():
            match = _TOKEN.match(marked, at)
            assert match, f"not a formula: {text!r} at {marked[at:]!r}"
            self.tokens.append(match[1])
            at = match.end()
        self.text = text

    def take(self, *wanted: str) -> str:
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)
        return ""

    def sum(self) -> float:
        value = self.product()
        while op := self.take("+", "-"):
            value = value + self.product() if op == "+" else value - self.product()
        return value

    def product(self) -> float:
        value = self.power()
        while op := self.take("×", "÷"):
            value = value * self.power() if op == "×" else value / self.power()
        return value

    def power(self) -> float:
        base = self.atom()
        return base ** self.atom() if self.take("^") else base

    def atom(self) -> float:
        assert self.tokens, f"the formula {self.text!r} ends too early"
        token = self.tokens.pop(0)
        if token == "@":
            return self.values.pop(0)
        if token == "-":
            return -self.atom()
        if token == "(":
            value = self.sum()
            assert self.take(")"), f"a bracket stays open in {self.text!r}"
            return value
        if token in {"min", "max"}:
            assert self.take("("), self.text
            values = [self.sum()]
            while self.take(","):
                values.append(self.sum())
            assert self.take(")"), self.text
            return min(values) if token == "min" else max(values)
        return float(token.replace(",", ""))


def evaluate(formula: str, values: dict[str, float]) -> float:
    """Return the value of a formula whose symbols stand for `values`."""
    parser = _Parser(formula, values)
    value = parser.sum()
    assert not parser.tokens, f"{formula!r} goes on after its end: {parser.tokens}"
    return value


def disagreements(saving: Saving) -> list[tuple[CalculationRow, float]]:
    """Return the rows of a table whose formula, worked out from the numbers printed before, gives something else."""
    values: dict[str, float] = {}
    wrong = []
    for row in saving.table:
        number = float(row.quantity.magnitude)
        if row.formula:
            found = evaluate(row.formula, values)
            if abs(found - number) > 1e-9 * max(1.0, abs(found), abs(number)):
                wrong.append((row, found))
        values[row.symbol] = number
    return wrong
